"""Why a file, an image or a text cannot be used, as a stable code with a sentence for people in three languages."""

CODES: dict[str, dict[str, str]] = {
    "pdf_not_a_pdf": {
        "en": "This file is not a PDF.",
        "zh-Hans": "此文件不是 PDF。",
        "zh-Hant": "此檔案不是 PDF。",
    },
    "pdf_damaged": {
        "en": "This PDF is damaged and could not be repaired.",
        "zh-Hans": "此 PDF 已损坏，无法修复。",
        "zh-Hant": "此 PDF 已損毀，無法修復。",
    },
    "pdf_encrypted": {
        "en": "This PDF is protected by a password; please remove the password and upload it again.",
        "zh-Hans": "此 PDF 受密码保护，请移除密码后重新上传。",
        "zh-Hant": "此 PDF 受密碼保護，請移除密碼後重新上傳。",
    },
    "pdf_signed": {
        "en": "This PDF already carries digital signatures, which sending it would break.",
        "zh-Hans": "此 PDF 已包含数字签名，发送会使其失效。",
        "zh-Hant": "此 PDF 已包含數位簽章，傳送會使其失效。",
    },
    "pdf_certified": {
        "en": "This PDF is certified or locked by its signatures, so that nobody can sign it any more.",
        "zh-Hans": "此 PDF 已被认证或被其签名锁定，无法再签署。",
        "zh-Hant": "此 PDF 已被認證或被其簽章鎖定，無法再簽署。",
    },
    "pdf_signature_broken": {
        "en": "A digital signature in this PDF is not valid or cannot be checked, so that it cannot be kept.",
        "zh-Hans": "此 PDF 中有数字签名无效或无法验证，因此无法保留。",
        "zh-Hant": "此 PDF 中有數位簽章無效或無法驗證，因此無法保留。",
    },
    "pdf_no_pages": {
        "en": "This PDF has no pages.",
        "zh-Hans": "此 PDF 没有页面。",
        "zh-Hant": "此 PDF 沒有頁面。",
    },
    "pdf_too_many_pages": {
        "en": "This PDF has more than 2,000 pages.",
        "zh-Hans": "此 PDF 超过 2,000 页。",
        "zh-Hant": "此 PDF 超過 2,000 頁。",
    },
    "pdf_page_size": {
        "en": "A page of this PDF is too small or too large.",
        "zh-Hans": "此 PDF 中有页面尺寸过小或过大。",
        "zh-Hant": "此 PDF 中有頁面尺寸過小或過大。",
    },
    "pdf_too_complex": {
        "en": "This PDF is too complex to be processed.",
        "zh-Hans": "此 PDF 过于复杂，无法处理。",
        "zh-Hant": "此 PDF 過於複雜，無法處理。",
    },
    "pdf_active_content_unremovable": {
        "en": "This PDF contains active content that could not be removed.",
        "zh-Hans": "此 PDF 包含无法移除的活动内容。",
        "zh-Hant": "此 PDF 包含無法移除的動態內容。",
    },
    "pdf_page_missing": {
        "en": "This PDF does not have that page.",
        "zh-Hans": "此 PDF 没有该页。",
        "zh-Hant": "此 PDF 沒有該頁。",
    },
    "image_not_supported": {
        "en": "Only PNG and JPEG images can be used.",
        "zh-Hans": "仅支持 PNG 和 JPEG 图片。",
        "zh-Hant": "僅支援 PNG 和 JPEG 圖片。",
    },
    "image_too_large": {
        "en": "This image has too many pixels.",
        "zh-Hans": "此图片像素过大。",
        "zh-Hant": "此圖片像素過大。",
    },
    "image_flat": {
        "en": "This image is more than 20 times as long as it is wide, so that it cannot be used.",
        "zh-Hans": "此图片的长宽比超过 20:1，无法使用。",
        "zh-Hant": "此圖片的長寬比超過 20:1，無法使用。",
    },
    "image_damaged": {
        "en": "This image is damaged.",
        "zh-Hans": "此图片已损坏。",
        "zh-Hant": "此圖片已損毀。",
    },
    "image_active": {
        "en": "This SVG contains scripts or refers to something outside of itself, so that it cannot be used.",
        "zh-Hans": "此 SVG 含有脚本或引用了外部内容，无法使用。",
        "zh-Hant": "此 SVG 含有指令碼或引用了外部內容，無法使用。",
    },
    "image_empty": {
        "en": "Nothing is to be seen in this signature.",
        "zh-Hans": "此签名没有可见内容。",
        "zh-Hant": "此簽名沒有可見內容。",
    },
    "seal_text_missing": {
        "en": "A seal needs a text.",
        "zh-Hans": "请填写印章文字。",
        "zh-Hant": "請填寫印章文字。",
    },
    "seal_text_too_long": {
        "en": "This text is too long for a seal of this kind.",
        "zh-Hans": "文字过长，无法放入该类型的印章。",
        "zh-Hant": "文字過長，無法放入此類型的印章。",
    },
    "seal_chop_text": {
        "en": "A name chop takes two to four Chinese characters.",
        "zh-Hans": "人名章需要 2 至 4 个汉字。",
        "zh-Hant": "人名章需要 2 至 4 個中文字。",
    },
    "text_not_drawable": {
        "en": "This text contains characters that cannot be drawn.",
        "zh-Hans": "此文本包含无法显示的字符。",
        "zh-Hant": "此文字包含無法顯示的字元。",
    },
    "text_too_long": {
        "en": "This text does not fit into its field.",
        "zh-Hans": "此文本超出控件范围。",
        "zh-Hant": "此文字超出欄位範圍。",
    },
    "place_off_page": {
        "en": "A field lies outside its page.",
        "zh-Hans": "有控件位于页面之外。",
        "zh-Hant": "有欄位位於頁面之外。",
    },
}


class Refused(Exception):
    """A file, image or text that cannot be used; `code` is a key of CODES, `detail` is for logs and never for users."""

    def __init__(self, code: str, detail: str = "") -> None:
        if code not in CODES:
            raise ValueError(f"unknown refusal code {code!r}")
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def message(self, language: str) -> str:
        """One sentence for the user; languages that are not known read English."""
        return CODES[self.code].get(language, CODES[self.code]["en"])

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code
