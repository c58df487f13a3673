"""Sentences for the codes every service can answer with. A service adds its own codes in its `messages.py`."""

MESSAGES = {
    "not_found": {
        "en": "There is nothing here under this id.",
        "zh-Hans": "找不到此编号对应的内容。",
        "zh-Hant": "找不到此編號對應的內容。",
    },
    "unauthenticated": {"en": "Please log in first.", "zh-Hans": "请先登录。", "zh-Hant": "請先登入。"},
    "forbidden": {
        "en": "You are not allowed to do this.",
        "zh-Hans": "您没有权限执行此操作。",
        "zh-Hant": "您沒有權限執行此操作。",
    },
    "no_workspace": {
        "en": "Please choose a workspace first.",
        "zh-Hans": "请先选择工作空间。",
        "zh-Hant": "請先選擇工作空間。",
    },
    "validation_failed": {
        "en": "Some values are not valid.",
        "zh-Hans": "部分内容填写有误。",
        "zh-Hant": "部分內容填寫有誤。",
    },
    "malformed_json": {
        "en": "The request's body is not valid JSON.",
        "zh-Hans": "请求内容不是有效的 JSON。",
        "zh-Hant": "請求內容不是有效的 JSON。",
    },
    "too_large": {"en": "This is larger than allowed.", "zh-Hans": "超出允许的大小。", "zh-Hant": "超出允許的大小。"},
    "too_many_requests": {
        "en": "Too many requests; please wait a little.",
        "zh-Hans": "请求过于频繁，请稍后再试。",
        "zh-Hant": "請求過於頻繁，請稍後再試。",
    },
    "unavailable": {
        "en": "This is not available at the moment; please try again shortly.",
        "zh-Hans": "服务暂时不可用，请稍后重试。",
        "zh-Hant": "服務暫時不可用，請稍後重試。",
    },
    "internal_error": {
        "en": "Something went wrong on our side.",
        "zh-Hans": "服务器出现错误。",
        "zh-Hant": "伺服器發生錯誤。",
    },
    "method_not_allowed": {
        "en": "This method is not allowed here.",
        "zh-Hans": "此处不允许该请求方法。",
        "zh-Hant": "此處不允許該請求方法。",
    },
    "unsupported_media_type": {
        "en": "This kind of content is not accepted here.",
        "zh-Hans": "不支持此内容类型。",
        "zh-Hant": "不支援此內容類型。",
    },
    "bad_request": {
        "en": "The request cannot be understood.",
        "zh-Hans": "无法理解该请求。",
        "zh-Hant": "無法理解該請求。",
    },
    "idempotency_key_invalid": {
        "en": "An Idempotency-Key has 1 to 255 printable characters.",
        "zh-Hans": "Idempotency-Key 须为 1 至 255 个可打印字符。",
        "zh-Hant": "Idempotency-Key 須為 1 至 255 個可列印字元。",
    },
    "idempotency_key_reused": {
        "en": "This Idempotency-Key was used for another request.",
        "zh-Hans": "此 Idempotency-Key 已用于其他请求。",
        "zh-Hant": "此 Idempotency-Key 已用於其他請求。",
    },
    "idempotency_in_progress": {
        "en": "The first request with this Idempotency-Key is still running.",
        "zh-Hans": "使用此 Idempotency-Key 的首个请求仍在处理中。",
        "zh-Hant": "使用此 Idempotency-Key 的首個請求仍在處理中。",
    },
    "conflict": {
        "en": "Somebody changed this at the same time; please look again.",
        "zh-Hans": "内容已被他人同时修改，请刷新后重试。",
        "zh-Hant": "內容已被他人同時修改，請重新整理後再試。",
    },
}
