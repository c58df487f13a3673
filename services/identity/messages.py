"""Sentences for the codes of *identity*; the chassis has those it shares with all."""

from __future__ import annotations

from documents.errors import CODES

IMAGES = ("image_not_supported", "image_too_large", "image_damaged", "image_empty", "text_not_drawable")

MESSAGES = {
    **{code: CODES[code] for code in IMAGES},
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
    "invalid_credentials": {
        "en": "E-mail address or password is wrong.",
        "zh-Hans": "邮箱或密码错误。",
        "zh-Hant": "電子郵件或密碼錯誤。",
    },
    "login_locked": {
        "en": "There were too many failed attempts; please wait before you try again.",
        "zh-Hans": "失败次数过多，请稍后再试。",
        "zh-Hant": "失敗次數過多，請稍後再試。",
    },
    "old_password_wrong": {
        "en": "The present password is wrong.",
        "zh-Hans": "原密码错误。",
        "zh-Hant": "原密碼錯誤。",
    },
    "password_too_short": {
        "en": "A password has at least 8 characters.",
        "zh-Hans": "密码至少需要 8 个字符。",
        "zh-Hant": "密碼至少需要 8 個字元。",
    },
    "password_too_long": {
        "en": "A password has at most 128 characters.",
        "zh-Hans": "密码最多 128 个字符。",
        "zh-Hant": "密碼最多 128 個字元。",
    },
    "password_too_plain": {
        "en": "A password needs three of these: lower case, upper case, digits, symbols.",
        "zh-Hans": "密码须包含小写字母、大写字母、数字、符号中的至少三种。",
        "zh-Hant": "密碼須包含小寫字母、大寫字母、數字、符號中的至少三種。",
    },
    "password_like_email": {
        "en": "The password is too much like the e-mail address.",
        "zh-Hans": "密码与邮箱过于相似。",
        "zh-Hant": "密碼與電子郵件過於相似。",
    },
    "password_well_known": {
        "en": "This password is well known; please choose another one.",
        "zh-Hans": "此密码过于常见，请更换。",
        "zh-Hant": "此密碼過於常見，請更換。",
    },
    "email_taken": {
        "en": "This e-mail address belongs to another account.",
        "zh-Hans": "此邮箱已被其他账户使用。",
        "zh-Hant": "此電子郵件已被其他帳戶使用。",
    },
    "signatures_full": {
        "en": "You have 50 signatures already; please delete one first.",
        "zh-Hans": "您已有 50 个签名，请先删除一个。",
        "zh-Hant": "您已有 50 個簽名，請先刪除一個。",
    },
    "signature_not_typed": {
        "en": "Only a typed signature has a style.",
        "zh-Hans": "只有键入的签名才能更改样式。",
        "zh-Hant": "只有鍵入的簽名才能變更樣式。",
    },
    "image_missing": {
        "en": "Please choose an image.",
        "zh-Hans": "请选择一张图片。",
        "zh-Hant": "請選擇一張圖片。",
    },
    "password_wrong": {
        "en": "The password is wrong.",
        "zh-Hans": "密码错误。",
        "zh-Hant": "密碼錯誤。",
    },
    "no_password": {
        "en": "This account has no password yet; set one by “Forgot password”.",
        "zh-Hans": "此账户尚未设置密码，请通过“忘记密码”设置。",
        "zh-Hant": "此帳戶尚未設定密碼，請透過「忘記密碼」設定。",
    },
    "two_factor_on": {
        "en": "Two-factor login is on already.",
        "zh-Hans": "双重验证已开启。",
        "zh-Hant": "雙重驗證已開啟。",
    },
    "two_factor_off": {
        "en": "Two-factor login is off.",
        "zh-Hans": "双重验证未开启。",
        "zh-Hant": "雙重驗證未開啟。",
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
    "passkey_known": {
        "en": "This passkey is registered already.",
        "zh-Hans": "此通行密钥已添加。",
        "zh-Hant": "此通行金鑰已新增。",
    },
    "passkeys_full": {
        "en": "You have 20 passkeys already; please delete one first.",
        "zh-Hans": "您已有 20 个通行密钥，请先删除一个。",
        "zh-Hant": "您已有 20 個通行金鑰，請先刪除一個。",
    },
    "external_known": {
        "en": "This login or its address belongs to an account already; please log in again.",
        "zh-Hans": "此登录方式或其邮箱已属于某个账户，请重新登录。",
        "zh-Hant": "此登入方式或其電子郵件已屬於某個帳戶，請重新登入。",
    },
    "last_login": {
        "en": "This is the only way into your account; please set a password first.",
        "zh-Hans": "这是您登录账户的唯一方式，请先设置密码。",
        "zh-Hant": "這是您登入帳戶的唯一方式，請先設定密碼。",
    },
    "proof_needed": {
        "en": "Please confirm first that it is you.",
        "zh-Hans": "请先确认是您本人操作。",
        "zh-Hant": "請先確認是您本人操作。",
    },
    "proof_of_another": {
        "en": "That login is not one of this account. Please log in there as yourself.",
        "zh-Hans": "该登录方式不属于此账户，请使用您本人的身份登录。",
        "zh-Hant": "該登入方式不屬於此帳戶，請以您本人的身分登入。",
    },
    "external_of_another": {
        "en": "This login belongs to another account already.",
        "zh-Hans": "此登录方式已属于其他账户。",
        "zh-Hant": "此登入方式已屬於其他帳戶。",
    },
    "logins_full": {
        "en": "Ten logins are linked already; please unlink one first.",
        "zh-Hans": "已关联 10 个登录方式，请先解除关联一个。",
        "zh-Hant": "已關聯 10 個登入方式，請先解除關聯一個。",
    },
}
