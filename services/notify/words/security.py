"""Letters about what guards an account, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.notify.words import en, zh_hans, zh_hant

_EN_NOTE = "If it was not you, ask for a new password at once and look through your sessions in your profile."
EN: Mapping[str, Any] = {
    "link_login": {
        "subject": "Your code to log in with another account",
        "heading": "Link your account",
        "lines": [
            "Somebody wants to log in to your Signet account in another way, with an address that is yours. "
            "Enter this code to allow it."
        ],
        "note": en.LETTERS["change_email"]["note"],
    },
    "second_factor_locked": {
        "subject": "Logging in is locked for a while",
        "heading": "Too many wrong codes",
        "lines": [
            "Hello {{ name }},",
            "somebody who knows your password entered wrong codes of the second step, "
            "so logging in is locked for a while.",
        ],
        "facts": (("Locked until", "{{ until }}"),),
        "button": "Choose a new password",
        "note": "If it was not you, somebody knows your password: choose a new one at once.",
    },
    "two_factor_on": {
        "subject": "Two-factor login is on",
        "heading": "Two-factor login is on",
        "lines": [
            "Hello {{ name }},",
            "from now on, logging in to your Signet account with the password "
            "also asks for a code of your authenticator app. Keep your recovery codes safe.",
        ],
        "button": "Check your account",
        "note": _EN_NOTE,
    },
    "two_factor_off": {
        "subject": "Two-factor login is off",
        "heading": "Two-factor login is off",
        "lines": ["Hello {{ name }},", "logging in to your Signet account no longer asks for a second step."],
        "button": "Check your account",
        "note": _EN_NOTE,
    },
    "recovery_code_used": {
        "subject": "A recovery code was used",
        "heading": "A recovery code was used",
        "lines": ["Hello {{ name }},", "one of your recovery codes was used. Codes that are left: {{ detail }}."],
        "button": "Check your account",
        "note": _EN_NOTE,
    },
    "passkey_added": {
        "subject": "A passkey was added",
        "heading": "A new passkey",
        "lines": [
            "Hello {{ name }},",
            "the passkey “{{ detail }}” was added to your Signet account. It logs in without the password.",
        ],
        "button": "Check your account",
        "note": _EN_NOTE,
    },
    "passkey_removed": {
        "subject": "A passkey was removed",
        "heading": "A passkey was removed",
        "lines": ["Hello {{ name }},", "the passkey “{{ detail }}” was removed from your Signet account."],
        "button": "Check your account",
        "note": _EN_NOTE,
    },
    "login_linked": {
        "subject": "A way to log in was added",
        "heading": "A new way to log in",
        "lines": ["Hello {{ name }},", "your Signet account can now be logged in to with {{ detail }}."],
        "button": "Check your account",
        "note": _EN_NOTE,
    },
    "login_unlinked": {
        "subject": "A way to log in was removed",
        "heading": "A way to log in was removed",
        "lines": ["Hello {{ name }},", "your Signet account can no longer be logged in to with {{ detail }}."],
        "button": "Check your account",
        "note": _EN_NOTE,
    },
    "email_changed": {
        "subject": "Your e-mail address was changed",
        "heading": "Your address was changed",
        "lines": [
            "Hello {{ name }},",
            "the e-mail address of your Signet account is now {{ detail }}. "
            "Mails about it no longer come to this address.",
        ],
        "note": "If it was not you, tell the operator of this Signet at once.",
    },
}

_ZH_HANS_NOTE = "如非本人操作，请立即重设密码，并在个人资料中检查已登录的会话。"
ZH_HANS: Mapping[str, Any] = {
    "link_login": {
        "subject": "关联登录方式的验证码",
        "heading": "关联您的账户",
        "lines": ["有人希望以您的邮箱通过其他方式登录您的 Signet 账户。输入此验证码即表示允许。"],
        "note": zh_hans.LETTERS["change_email"]["note"],
    },
    "second_factor_locked": {
        "subject": "登录已暂时锁定",
        "heading": "验证码错误次数过多",
        "lines": ["{{ name }}，您好：", "有人知道您的密码，并多次输入错误的第二步验证码，登录已暂时锁定。"],
        "facts": (("锁定至", "{{ until }}"),),
        "button": "重设密码",
        "note": "如非本人操作，说明有人知道您的密码，请立即更换密码。",
    },
    "two_factor_on": {
        "subject": "双重验证已开启",
        "heading": "双重验证已开启",
        "lines": [
            "{{ name }}，您好：",
            "今后使用密码登录 Signet 账户时，还需输入身份验证器应用中的验证码。请妥善保管恢复码。",
        ],
        "button": "检查账户",
        "note": _ZH_HANS_NOTE,
    },
    "two_factor_off": {
        "subject": "双重验证已关闭",
        "heading": "双重验证已关闭",
        "lines": ["{{ name }}，您好：", "登录您的 Signet 账户不再需要第二步验证。"],
        "button": "检查账户",
        "note": _ZH_HANS_NOTE,
    },
    "recovery_code_used": {
        "subject": "恢复码已被使用",
        "heading": "恢复码已被使用",
        "lines": ["{{ name }}，您好：", "您的一个恢复码已被使用，剩余 {{ detail }} 个。"],
        "button": "检查账户",
        "note": _ZH_HANS_NOTE,
    },
    "passkey_added": {
        "subject": "已添加通行密钥",
        "heading": "新的通行密钥",
        "lines": ["{{ name }}，您好：", "您的 Signet 账户已添加通行密钥“{{ detail }}”，可用于免密码登录。"],
        "button": "检查账户",
        "note": _ZH_HANS_NOTE,
    },
    "passkey_removed": {
        "subject": "已移除通行密钥",
        "heading": "通行密钥已移除",
        "lines": ["{{ name }}，您好：", "您的 Signet 账户已移除通行密钥“{{ detail }}”。"],
        "button": "检查账户",
        "note": _ZH_HANS_NOTE,
    },
    "login_linked": {
        "subject": "已添加登录方式",
        "heading": "新的登录方式",
        "lines": ["{{ name }}，您好：", "您的 Signet 账户现在可以使用 {{ detail }} 登录。"],
        "button": "检查账户",
        "note": _ZH_HANS_NOTE,
    },
    "login_unlinked": {
        "subject": "已移除登录方式",
        "heading": "登录方式已移除",
        "lines": ["{{ name }}，您好：", "您的 Signet 账户不能再使用 {{ detail }} 登录。"],
        "button": "检查账户",
        "note": _ZH_HANS_NOTE,
    },
    "email_changed": {
        "subject": "您的邮箱已更改",
        "heading": "邮箱已更改",
        "lines": ["{{ name }}，您好：", "您的 Signet 账户邮箱已更改为 {{ detail }}，今后不再向此地址发送相关邮件。"],
        "note": "如非本人操作，请立即联系此 Signet 的运营方。",
    },
}

_ZH_HANT_NOTE = "如非本人操作，請立即重設密碼，並在個人資料中檢查已登入的工作階段。"
ZH_HANT: Mapping[str, Any] = {
    "link_login": {
        "subject": "連結登入方式的驗證碼",
        "heading": "連結您的帳戶",
        "lines": ["有人希望以您的電子郵件透過其他方式登入您的 Signet 帳戶。輸入此驗證碼即表示允許。"],
        "note": zh_hant.LETTERS["change_email"]["note"],
    },
    "second_factor_locked": {
        "subject": "登入已暫時鎖定",
        "heading": "驗證碼錯誤次數過多",
        "lines": ["{{ name }}，您好：", "有人知道您的密碼，並多次輸入錯誤的第二步驗證碼，登入已暫時鎖定。"],
        "facts": (("鎖定至", "{{ until }}"),),
        "button": "重設密碼",
        "note": "如非本人操作，表示有人知道您的密碼，請立即更換密碼。",
    },
    "two_factor_on": {
        "subject": "雙重驗證已開啟",
        "heading": "雙重驗證已開啟",
        "lines": [
            "{{ name }}，您好：",
            "今後使用密碼登入 Signet 帳戶時，還需輸入驗證器應用程式中的驗證碼。請妥善保管復原碼。",
        ],
        "button": "檢查帳戶",
        "note": _ZH_HANT_NOTE,
    },
    "two_factor_off": {
        "subject": "雙重驗證已關閉",
        "heading": "雙重驗證已關閉",
        "lines": ["{{ name }}，您好：", "登入您的 Signet 帳戶不再需要第二步驗證。"],
        "button": "檢查帳戶",
        "note": _ZH_HANT_NOTE,
    },
    "recovery_code_used": {
        "subject": "復原碼已被使用",
        "heading": "復原碼已被使用",
        "lines": ["{{ name }}，您好：", "您的一個復原碼已被使用，剩餘 {{ detail }} 個。"],
        "button": "檢查帳戶",
        "note": _ZH_HANT_NOTE,
    },
    "passkey_added": {
        "subject": "已新增通行金鑰",
        "heading": "新的通行金鑰",
        "lines": ["{{ name }}，您好：", "您的 Signet 帳戶已新增通行金鑰「{{ detail }}」，可用於免密碼登入。"],
        "button": "檢查帳戶",
        "note": _ZH_HANT_NOTE,
    },
    "passkey_removed": {
        "subject": "已移除通行金鑰",
        "heading": "通行金鑰已移除",
        "lines": ["{{ name }}，您好：", "您的 Signet 帳戶已移除通行金鑰「{{ detail }}」。"],
        "button": "檢查帳戶",
        "note": _ZH_HANT_NOTE,
    },
    "login_linked": {
        "subject": "已新增登入方式",
        "heading": "新的登入方式",
        "lines": ["{{ name }}，您好：", "您的 Signet 帳戶現在可以使用 {{ detail }} 登入。"],
        "button": "檢查帳戶",
        "note": _ZH_HANT_NOTE,
    },
    "login_unlinked": {
        "subject": "已移除登入方式",
        "heading": "登入方式已移除",
        "lines": ["{{ name }}，您好：", "您的 Signet 帳戶不能再使用 {{ detail }} 登入。"],
        "button": "檢查帳戶",
        "note": _ZH_HANT_NOTE,
    },
    "email_changed": {
        "subject": "您的電子郵件已變更",
        "heading": "電子郵件已變更",
        "lines": [
            "{{ name }}，您好：",
            "您的 Signet 帳戶電子郵件已變更為 {{ detail }}，今後不再向此地址寄送相關郵件。",
        ],
        "note": "如非本人操作，請立即聯絡此 Signet 的營運方。",
    },
}
LETTERS: Mapping[str, Mapping[str, Any]] = {"en": EN, "zh-Hans": ZH_HANS, "zh-Hant": ZH_HANT}
