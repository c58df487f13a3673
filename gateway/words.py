"""The words of the gateway's own pages, in three languages. `{…}` are filled in."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

NOSCRIPT: Words = {
    "en": "Signet needs JavaScript. Please switch it on in your browser.",
    "zh-Hans": "Signet 需要 JavaScript，请在浏览器中启用。",
    "zh-Hant": "Signet 需要 JavaScript，請在瀏覽器中啟用。",
}

PAGES: Mapping[str, Words] = {
    "en": {
        "sign": "View and sign",
        "verify": "Verify a document",
        "draw": "Draw your signature",
        "noscript": NOSCRIPT["en"],
    },
    "zh-Hans": {
        "sign": "查看并签署",
        "verify": "验证文件",
        "draw": "手写签名",
        "noscript": NOSCRIPT["zh-Hans"],
    },
    "zh-Hant": {
        "sign": "檢視並簽署",
        "verify": "驗證文件",
        "draw": "手寫簽名",
        "noscript": NOSCRIPT["zh-Hant"],
    },
}
