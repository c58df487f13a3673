"""The words of the gateway's own pages, in three languages. `{…}` are filled in."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]

INDEX: Mapping[str, Words] = {
    "en": {
        "title": "Signet",
        "lead": "Electronic signatures on your own server.",
        "console": "The web console is not part of this version. Everything can be done through the HTTP API.",
        "api": "API description (OpenAPI 3.1)",
        "mailbox": "Mailbox: every mail this trial installation has sent",
    },
    "zh-Hans": {
        "title": "Signet",
        "lead": "运行在您自己服务器上的电子签名。",
        "console": "此版本尚不包含网页控制台，所有功能均可通过 HTTP API 使用。",
        "api": "API 说明（OpenAPI 3.1）",
        "mailbox": "邮箱：此试用环境发出的所有邮件",
    },
    "zh-Hant": {
        "title": "Signet",
        "lead": "運行在您自己伺服器上的電子簽名。",
        "console": "此版本尚不包含網頁主控台，所有功能均可透過 HTTP API 使用。",
        "api": "API 說明（OpenAPI 3.1）",
        "mailbox": "信箱：此試用環境寄出的所有郵件",
    },
}

SIGN: Mapping[str, Words] = {
    "en": {
        "title": "View and sign",
        "from": "From",
        "deadline": "Deadline",
        "state": "State",
        "browser": "Signing in the browser comes with the web console. "
        "Until then this agreement can be signed through the HTTP API.",
        "document": "Download the signed document",
        "certificate": "Download the certificate of completion",
        "gone": "This link does not work.",
        "why": "It may have been replaced by a newer one, or the agreement is over. "
        "Please look for a later mail, or ask the sender.",
        "away": "The agreement cannot be shown at the moment. Please try again shortly.",
    },
    "zh-Hans": {
        "title": "查看并签署",
        "from": "发起方",
        "deadline": "截止时间",
        "state": "状态",
        "browser": "网页签署功能将随网页控制台一同提供。在此之前，可通过 HTTP API 签署此协议。",
        "document": "下载已签署的文件",
        "certificate": "下载签署证书",
        "gone": "此链接已失效。",
        "why": "链接可能已被新链接取代，或协议已结束。请查看之后收到的邮件，或联系发起方。",
        "away": "暂时无法显示协议，请稍后重试。",
    },
    "zh-Hant": {
        "title": "檢視並簽署",
        "from": "發起方",
        "deadline": "截止時間",
        "state": "狀態",
        "browser": "網頁簽署功能將隨網頁主控台一同提供。在此之前，可透過 HTTP API 簽署此協議。",
        "document": "下載已簽署的文件",
        "certificate": "下載簽署憑證",
        "gone": "此連結已失效。",
        "why": "連結可能已被新連結取代，或協議已結束。請查看之後收到的郵件，或聯絡發起方。",
        "away": "暫時無法顯示協議，請稍後再試。",
    },
}

STATES: Mapping[str, Words] = {
    "preparing": {"en": "being prepared", "zh-Hans": "正在准备", "zh-Hant": "正在準備"},
    "not_your_turn": {"en": "not your turn yet", "zh-Hans": "尚未轮到您签署", "zh-Hant": "尚未輪到您簽署"},
    "open": {"en": "waiting for your signature", "zh-Hans": "等待您签署", "zh-Hant": "等待您簽署"},
    "verification_locked": {
        "en": "locked after too many failed checks",
        "zh-Hans": "验证失败次数过多，已锁定",
        "zh-Hant": "驗證失敗次數過多，已鎖定",
    },
    "already_signed": {"en": "signed by you", "zh-Hans": "您已签署", "zh-Hant": "您已簽署"},
    "completed": {"en": "completed", "zh-Hans": "已完成", "zh-Hant": "已完成"},
    "declined": {"en": "declined", "zh-Hans": "已拒签", "zh-Hant": "已拒簽"},
    "voided": {"en": "voided by its sender", "zh-Hans": "已被发起方作废", "zh-Hant": "已被發起方作廢"},
    "expired": {"en": "expired", "zh-Hans": "已过期", "zh-Hant": "已過期"},
}
