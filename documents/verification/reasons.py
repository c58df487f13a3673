"""Why a file is not authentic or cannot be told, as stable codes with a sentence in three languages."""

from documents.verification.sentences import SENTENCES

LANGUAGES = ("en", "zh-Hans", "zh-Hant")

# Reasons that leave the question open; every other one answers it with "not authentic".
CANNOT_TELL = {
    "not_a_pdf", "no_signatures", "unreadable", "too_complex", "root_not_trusted", "certificate_ended",
    "weak_algorithm",
}  # fmt: skip

CHANGES: dict[str, tuple[str, str, str]] = {
    "form_filling": ("form filling", "填写表单", "填寫表單"),
    "signature_added": ("signature added", "添加签名", "加入簽章"),
    "archive_data": ("archive data", "存档数据", "存檔資料"),
    "not_permitted": ("changes that are not permitted", "不允许的更改", "不允許的更改"),
}


def sentence(code: str, language: str = "en") -> str:
    """One sentence for a code; languages that are not known read English."""
    return SENTENCES[code][LANGUAGES.index(language) if language in LANGUAGES else 0]


def change(code: str, language: str = "en") -> str:
    """What came after a signature, in words; a code that is not a kind of change is a reason."""
    if code not in CHANGES:
        return sentence(code, language).rstrip(".。")
    return CHANGES[code][LANGUAGES.index(language) if language in LANGUAGES else 0]
