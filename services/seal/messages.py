"""Sentences for the codes only *seal* answers with, and for those of images."""

from documents.errors import CODES

MESSAGES = {
    code: sentences for code, sentences in CODES.items() if code.startswith(("image_", "seal_", "text_not"))
} | {
    "image_not_supported": {
        "en": "Only PNG, JPEG and SVG images can be used.",
        "zh-Hans": "仅支持 PNG、JPEG 和 SVG 图片。",
        "zh-Hant": "僅支援 PNG、JPEG 和 SVG 圖片。",
    },
    "image_empty": {
        "en": "Nothing is to be seen in this image but paper.",
        "zh-Hans": "此图片中没有可见的印章内容。",
        "zh-Hant": "此圖片中沒有可見的印章內容。",
    },
    "credential_unknown": {
        "en": "There is no such signing credential.",
        "zh-Hans": "没有此签名凭据。",
        "zh-Hant": "沒有此簽章憑證。",
    },
    "algorithm_not_supported": {
        "en": "This credential does not sign with this algorithm.",
        "zh-Hans": "此凭据不支持该签名算法。",
        "zh-Hant": "此憑證不支援該簽章演算法。",
    },
    "hash_length": {
        "en": "The hash does not have the length of its algorithm.",
        "zh-Hans": "哈希值长度与算法不符。",
        "zh-Hant": "雜湊值長度與演算法不符。",
    },
    "one_signature_only": {
        "en": "This credential signs one hash only.",
        "zh-Hans": "此凭据只能签署一个哈希值。",
        "zh-Hant": "此憑證只能簽署一個雜湊值。",
    },
    "credential_used": {
        "en": "This credential does not sign any more.",
        "zh-Hans": "此凭据已不能再签名。",
        "zh-Hant": "此憑證已不能再簽章。",
    },
    "not_revocable": {
        "en": "This certificate can be revoked only by its issuer.",
        "zh-Hans": "此证书只能由其签发者吊销。",
        "zh-Hant": "此證書只能由其簽發者撤銷。",
    },
    "key_store_away": {
        "en": "The store of the signing keys does not answer; please try again in a moment.",
        "zh-Hans": "签名密钥存储暂时没有响应，请稍后重试。",
        "zh-Hant": "簽章金鑰儲存區暫時沒有回應，請稍後再試。",
    },
    "certificate_expired": {
        "en": "The signing certificate has ended; please tell the operator.",
        "zh-Hans": "签名证书已过期，请联系运营方。",
        "zh-Hant": "簽章憑證已過期，請聯絡營運方。",
    },
    "seal_proportion": {
        "en": "Width and height do not fit the proportions of the seal's image; give one of them.",
        "zh-Hans": "宽度与高度不符合印章图片的比例，请只填写其中一项。",
        "zh-Hant": "寬度與高度不符合印章圖片的比例，請只填寫其中一項。",
    },
    "seal_size": {
        "en": "Each side of a seal has to be between 5 and 100 mm.",
        "zh-Hans": "印章每边须在 5 至 100 毫米之间。",
        "zh-Hant": "印章每邊須在 5 至 100 公釐之間。",
    },
    "seal_not_granted": {
        "en": "You are not authorised to use this seal.",
        "zh-Hans": "您未获授权使用此印章。",
        "zh-Hant": "您未獲授權使用此印章。",
    },
    "member_not_enabled": {
        "en": "A seal can be granted only to enabled members of this workspace.",
        "zh-Hans": "印章只能授权给本工作空间已启用的成员。",
        "zh-Hant": "印章只能授權給本工作空間已啟用的成員。",
    },
}
