"""Simplified Chinese."""

LAYOUT = {
    "footer": "您收到此邮件，是因为有协议或账户与您的邮箱地址相关。本邮件由 Signet 发送。",
    "by_hand": "如果按钮无法使用，请打开以下地址：",
    "code": "您的验证码：",
}

_CODE_NOTE = "验证码有效期至 {{ expires_at }}。请勿告知任何人。如非本人操作，请忽略此邮件。"
_LINK_NOTE = "此链接仅供您本人使用，持有者可以您的名义操作。请勿转发此邮件。"
_INVITATION_LINES = [
    "{{ name }}，您好：",
    "{{ workspace_name }} 的 {{ sender_name }}（{{ sender_email }}）邀请您签署《{{ title }}》。",
    "请于 {{ deadline }} 前完成签署。",
]

LETTERS = {
    "invitation": {
        "subject": "{{ title }}",
        "heading": "{{ title }}",
        "lines": _INVITATION_LINES,
        "button": "查看并签署",
        "note": _LINK_NOTE,
    },
    "reminder": {
        "subject": "提醒：{{ title }}",
        "heading": "{{ title }}",
        "lines": [*_INVITATION_LINES, "温馨提醒：您尚未签署。请使用此邮件中的链接，之前的链接可能已失效。"],
        "button": "查看并签署",
        "note": _LINK_NOTE,
    },
    "deadline_changed": {
        "subject": "截止时间已更改：{{ title }}",
        "heading": "{{ title }}",
        "lines": [
            "{{ name }}，您好：",
            "{{ workspace_name }} 的 {{ sender_name }}（{{ sender_email }}）更改了《{{ title }}》的截止时间，"
            "您现在可在 {{ deadline }} 前完成签署。",
        ],
        "button": "查看并签署",
        "note": _LINK_NOTE,
    },
    "resent": {
        "subject": "{{ title }}",
        "heading": "{{ title }}",
        "lines": [*_INVITATION_LINES, "此邮件包含新的链接，之前邮件中的链接已失效。"],
        "button": "查看并签署",
        "note": _LINK_NOTE,
    },
    "sign_code": {
        "subject": "《{{ title }}》的签署验证码",
        "heading": "您的验证码",
        "lines": ["{{ name }}，您好：", "请在《{{ title }}》的签署页面输入此验证码以继续。"],
        "note": _CODE_NOTE,
    },
    "register": {
        "subject": "您的 Signet 注册验证码",
        "heading": "欢迎使用 Signet",
        "lines": ["请输入此验证码以确认您的邮箱地址。"],
        "note": _CODE_NOTE,
    },
    "known_address": {
        "subject": "您已拥有 Signet 账户",
        "heading": "您已拥有账户",
        "lines": [
            "有人尝试使用此邮箱地址注册，但该地址已有账户。",
            "如果是您本人，请直接登录；忘记密码时可在登录页重置。如非本人操作，请忽略此邮件。",
        ],
        "button": "打开 Signet",
    },
    "reset_password": {
        "subject": "您的密码重置验证码",
        "heading": "重置密码",
        "lines": ["请输入此验证码以设置新密码。设置后，您的所有登录会话都将结束。"],
        "note": _CODE_NOTE,
    },
    "change_email": {
        "subject": "确认您的新邮箱地址",
        "heading": "新邮箱地址",
        "lines": ["请输入此验证码，以将此地址用于您的 Signet 账户。"],
        "note": _CODE_NOTE,
    },
    "password_changed": {
        "subject": "您的密码已更改",
        "heading": "您的密码已更改",
        "lines": ["{{ name }}，您好：", "您的 Signet 账户密码已更改，其他登录会话均已结束。"],
        "note": "如非本人操作，请立即重置密码。",
    },
    "login_locked": {
        "subject": "登录已暂时锁定",
        "heading": "登录失败次数过多",
        "lines": ["{{ name }}，您好：", "有人多次使用错误密码尝试登录您的账户。登录已锁定至 {{ until }}。"],
        "note": "如非本人操作，您的密码并未泄露，建议更换为更强的密码。",
    },
    "locked": {
        "subject": "{{ recipient_name }} 验证失败：{{ title }}",
        "heading": "验证失败",
        "lines": [
            "{{ name }}，您好：",
            "{{ recipient_name }} 在签署《{{ title }}》时已用完"
            "{{ {'access_code': '访问码', 'email_code': '邮箱验证码'}.get(check, '验证') }}的所有尝试次数，现已锁定。",
            "使用“重新发送”可为其提供新的链接和尝试次数。",
        ],
        "button": "打开 Signet",
    },
    "reassigned": {
        "subject": "已转交 {{ recipient_name }}：{{ title }}",
        "heading": "签署人已转交",
        "lines": [
            "{{ name }}，您好：",
            "{{ by }} 已将《{{ title }}》转交给 {{ recipient_name }}（{{ recipient_email }}）签署，"
            "对方已收到签署邀请。",
            "如不同意，可更正签署人或作废该协议。",
        ],
        "button": "查看协议",
    },
    "voided": {
        "subject": "已作废：{{ title }}",
        "heading": "协议已作废",
        "lines": ["{{ name }}，您好：", "{{ by or '发起方' }} 已作废《{{ title }}》，该协议不能再签署。"],
    },
    "declined": {
        "subject": "已拒签：{{ title }}",
        "heading": "协议已被拒签",
        "lines": ["{{ name }}，您好：", "{{ by or '签署方' }} 已拒签《{{ title }}》，该协议不能再签署。"],
    },
    "expired": {
        "subject": "已过期：{{ title }}",
        "heading": "协议已过期",
        "lines": ["{{ name }}，您好：", "《{{ title }}》在截止时间前未能全部签署，该协议不能再签署。"],
    },
    "completed": {
        "subject": "已完成：{{ title }}",
        "heading": "全部签署完成",
        "lines": [
            "{{ name }}，您好：",
            "《{{ title }}》已于 {{ completed_at }} 完成签署，签署文件及证书均已生成。",
            "{% if link %}您可在 30 天内通过此链接下载。{% endif %}",
        ],
        "button": "打开文件",
    },
}
