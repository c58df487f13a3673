"""Sentences for the codes only *seal* answers with, and for those of images."""

from documents.errors import CODES

MESSAGES = {code: sentences for code, sentences in CODES.items() if code.startswith("image_")} | {
    "credential_unknown": {
        "en": "There is no such signing credential.",
        "zh-Hans": "没有此签名凭据。",
        "zh-Hant": "沒有此簽章憑證。",
    },
    "algorithm_not_supported": {
        "en": "Only ECDSA P-256 with SHA-256 is supported.",
        "zh-Hans": "仅支持 ECDSA P-256 与 SHA-256。",
        "zh-Hant": "僅支援 ECDSA P-256 與 SHA-256。",
    },
    "hash_length": {
        "en": "A SHA-256 hash has 32 bytes.",
        "zh-Hans": "SHA-256 哈希值应为 32 字节。",
        "zh-Hant": "SHA-256 雜湊值應為 32 位元組。",
    },
    "certificate_expired": {
        "en": "The signing certificate has ended; please tell the operator.",
        "zh-Hans": "签名证书已过期，请联系运营方。",
        "zh-Hant": "簽章憑證已過期，請聯絡營運方。",
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
