"""What `signet verify` says, in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from documents.verification.reasons import LANGUAGES, change, sentence
from documents.verification.report import Bundle, Reason, Report, Signature

WORDS: dict[str, tuple[str, str, str]] = {
    "no_file": ("There is no file {file}.", "没有文件 {file}。", "沒有檔案 {file}。"),
    "unreadable": ("{file} cannot be checked: {why}", "无法检查 {file}：{why}", "無法檢查 {file}：{why}"),
    "no_roots": (
        "No root is trusted: name one with --trust FILE, or set SIGNET_TRUST.",
        "没有受信任的根证书：请用 --trust 指定文件，或设置 SIGNET_TRUST。",
        "沒有受信任的根憑證：請用 --trust 指定檔案，或設定 SIGNET_TRUST。",
    ),
    "authentic": ("AUTHENTIC", "真实有效", "真實有效"),
    "not_authentic": ("NOT AUTHENTIC", "不可信", "不可信"),
    "unknown": ("CANNOT TELL", "无法判断", "無法判斷"),
    "whole": (
        "Every signature is valid and nothing else was changed. Level: PAdES {level}.",
        "所有签名均有效，且无其他更改。级别：PAdES {level}。",
        "所有簽章均有效，且無其他更改。等級：PAdES {level}。",
    ),
    "certification": ("certified", "认证", "認證"),
    "approval": ("signed", "签署", "簽署"),
    "time_stamp": ("time stamp", "时间戳", "時間戳記"),
    "issuer": ("certificate issued by {issuer}", "证书由 {issuer} 签发", "憑證由 {issuer} 簽發"),
    "proven": ("time proven", "时间已证明", "時間已證明"),
    "claimed": ("time as claimed", "声称的时间", "聲稱的時間"),
    "since": ("since then: {changes}", "此后：{changes}", "此後：{changes}"),
    "invalid": ("not valid", "无效", "無效"),
    "untrusted": ("issuer not trusted", "签发者不受信任", "簽發者不受信任"),
    "nobody": ("(nobody can be named)", "（无法识别）", "（無法識別）"),
}


def language_of(text: str) -> str:
    """The language of a tag or a locale: zh_TW.UTF-8, zh-Hant, en_GB; English for what is not known."""
    tag = text.split(".")[0].replace("_", "-").lower()
    if tag.startswith("zh"):
        return "zh-Hant" if any(part in tag for part in ("hant", "tw", "hk", "mo")) else "zh-Hans"
    return "en"


def say(code: str, language: str, **values: object) -> str:
    """A phrase with its values."""
    return WORDS[code][LANGUAGES.index(language)].format(**values)


def report_text(name: str, report: Report, language: str) -> str:
    """The report on one file, for people."""
    return "\n".join(_lines(name, report, language))


def bundle_text(name: str, bundle: Bundle, language: str) -> str:
    """The report on a ZIP, file by file."""
    lines = [f"{_plain(name)}: {say(bundle.verdict, language)}", *_reasons(bundle.reasons, language)]
    return "\n\n".join(["\n".join(lines), *(report_text(one, held, language) for one, held in bundle.files.items())])


def _lines(name: str, report: Report, language: str) -> Iterator[str]:
    yield f"{_plain(name)}: {say(report.verdict, language)}"
    if report.verdict == "authentic":
        yield "  " + say("whole", language, level=report.level)
    yield from _reasons(report.reasons, language)
    for one in report.signatures:
        yield ""
        yield from _signature(one, language)
    yield ""
    yield f"  SHA-256 {report.sha256}"


def _reasons(reasons: tuple[Reason, ...], language: str) -> Iterator[str]:
    """Each sentence once, with its code; where it is said of several fields, they stand together."""
    for code in dict.fromkeys(one.code for one in reasons):
        fields = ", ".join(dict.fromkeys(_plain(r.field or r.detail) for r in reasons if r.code == code))
        yield f"  {sentence(code, language)} [{code}{': ' + fields if fields else ''}]"


def _signature(one: Signature, language: str) -> Iterator[str]:
    """Who, by whose word and when; then what came later."""
    signer = _plain(one.signer) or say("nobody", language)
    yield f"  {say(one.role, language)}: {signer}{'' if not one.level else f' ({one.level})'}"
    time = one.trusted_time or one.claimed_time
    word = "proven" if one.trusted_time else "claimed"
    parts = [f"{_time(time)}, {say(word, language)}"] if time else []
    if one.issuer:
        parts.append(say("issuer", language, issuer=_plain(one.issuer)))
    if not (one.intact and one.valid):
        parts.append(say("invalid", language))
    elif not one.trusted:
        parts.append(say("untrusted", language))
    yield "    " + "; ".join(parts)
    if one.changes:
        changes = ", ".join(change(code, language) for code in one.changes)
        yield "    " + say("since", language, changes=changes)


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} {moment.tzname() or ''}".strip()


def _plain(text: str) -> str:
    """Without what would steer a terminal: a name is whatever somebody wrote into a certificate."""
    return "".join(char if char.isprintable() else "?" for char in text)[:200]
