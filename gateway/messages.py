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
    "second_factor_wrong": {
        "en": "This code is wrong or was used already; please use the newest one.",
        "zh-Hans": "验证码错误或已使用，请输入最新的验证码。",
        "zh-Hant": "驗證碼錯誤或已使用，請輸入最新的驗證碼。",
    },
    "passkey_wrong": {
        "en": "This passkey could not be verified; please try again.",
        "zh-Hans": "无法验证此通行密钥，请重试。",
        "zh-Hant": "無法驗證此通行金鑰，請重試。",
    },
    "code_wrong": {
        "en": "This code is wrong or no longer valid; please ask for a new one.",
        "zh-Hans": "验证码错误或已失效，请重新获取。",
        "zh-Hant": "驗證碼錯誤或已失效，請重新取得。",
    },
    "code_too_soon": {
        "en": "A code was sent a moment ago; please wait before asking for another one.",
        "zh-Hans": "验证码刚刚发送，请稍候再重新获取。",
        "zh-Hant": "驗證碼剛剛送出，請稍候再重新取得。",
    },
    "external_known": {
        "en": "This login or its address belongs to an account already; please log in again.",
        "zh-Hans": "此登录方式或其邮箱已属于某个账户，请重新登录。",
        "zh-Hant": "此登入方式或其電子郵件已屬於某個帳戶，請重新登入。",
    },
    "login_not_pending": {
        "en": "This login has taken too long or is over; please begin again.",
        "zh-Hans": "登录超时或已结束，请重新开始。",
        "zh-Hant": "登入逾時或已結束，請重新開始。",
    },
    "oidc_unverified": {
        "en": "The other service does not vouch for your e-mail address; please register with it here.",
        "zh-Hans": "该服务未能证明您的邮箱，请在此处用邮箱注册。",
        "zh-Hant": "該服務未能證明您的電子郵件，請在此處用電子郵件註冊。",
    },
    "oidc_away": {
        "en": "This service does not answer at the moment; please try again later.",
        "zh-Hans": "该服务暂时没有响应，请稍后再试。",
        "zh-Hant": "該服務暫時沒有回應，請稍後再試。",
    },
    "oidc_state": {
        "en": "This took too long, or you have logged in anew meanwhile; please try again.",
        "zh-Hans": "操作超时，或您已重新登录，请重试。",
        "zh-Hant": "操作逾時，或您已重新登入，請重試。",
    },
    "workspace_changed": {
        "en": "You work in another workspace by now, which this page shows. Nothing was changed.",
        "zh-Hans": "您当前已在其他工作空间，页面已随之切换。未作任何更改。",
        "zh-Hant": "您目前已在其他工作空間，頁面已隨之切換。未作任何變更。",
    },
}
