"""Sentences for the codes the gateway answers with."""

MESSAGES = {
    "csrf_failed": {
        "en": "This request does not come from a Signet page, or the page is out of date; please reload it.",
        "zh-Hans": "请求并非来自 Signet 页面，或页面已过期，请刷新后重试。",
        "zh-Hant": "請求並非來自 Signet 頁面，或頁面已過期，請重新整理後再試。",
    },
    "invalid_credentials": {
        "en": "E-mail or password is wrong.",
        "zh-Hans": "邮箱或密码错误。",
        "zh-Hant": "電子郵件或密碼錯誤。",
    },
    "login_locked": {
        "en": "Too many failed attempts; logging in is locked for a while.",
        "zh-Hans": "登录失败次数过多，账户已暂时锁定。",
        "zh-Hant": "登入失敗次數過多，帳戶已暫時鎖定。",
    },
    "no_workspace": {
        "en": "You are not working in a workspace; please choose one.",
        "zh-Hans": "当前没有可用的工作空间，请选择一个。",
        "zh-Hant": "目前沒有可用的工作空間，請選擇一個。",
    },
}
