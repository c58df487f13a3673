"""Simplified Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LAYOUT = {
    "footer": "您收到此邮件，是因为有协议或账户与您的邮箱地址相关。Signet 不会通过邮件索要您的密码。",
    "by_hand": "或打开以下地址：",
    "code": "您的验证码：",
    "colon": "：",
    "via": "{person}（通过 {brand}）",
    "time": "y年M月d日 EEEE HH:mm",
    "zone": "（{zone}）",
}

_HELLO = "{{ name }}，您好："
_CODE_NOTE = (
    "验证码{% if minutes > 0 %} {{ minutes }} 分钟内有效，{% endif %}有效期至 {{ expires_at }}。"
    "请勿告知任何人，Signet 的工作人员不会向您索要验证码。如非本人操作，请忽略此邮件。"
)
_DEAL = (
    ("协议", "{{ title }}"),
    ("发起方", "{{ sender_name }}（{{ sender_email }}）"),
    ("工作空间", "{{ workspace_name }}"),
    ("签署截止", "{{ deadline }}"),
)
_LINK_NOTE = (
    "此链接仅供您本人使用，持有者可以您的名义操作，请勿转发此邮件。如有疑问，请直接回复此邮件，"
    "{{ sender_name }} 会收到您的回复。如果您并未预期收到此邮件，忽略即可。"
)
_TO_SIGN = {
    "facts": _DEAL,
    "button": "查看并签署",
    "quote": "{{ sender_name }} 的留言",
    "after": ["您可以在浏览器中阅读并签署协议，无需注册账户。全部签署完成后，各方都会通过邮件收到签署完成的文件。"],
    "note": _LINK_NOTE,
}
_ASKED = "{{ sender_name }} 邀请您签署协议"
_ENDED_FACTS = (
    ("协议", "{{ title }}"),
    ("发起方", "{{ sender_name }}{% if sender_email %}（{{ sender_email }}）{% endif %}"),
    ("结束时间", "{{ ended_at }}"),
)
_NOTHING_LEFT = "该协议不能再签署，您无需进行任何操作。"
_VIEW_OWN = "{% if own %}查看协议{% endif %}"

LETTERS: Mapping[str, Mapping[str, Any]] = {
    "invitation": {
        **_TO_SIGN,
        "subject": "{{ title }}",
        "preview": "{{ workspace_name }} 的 {{ sender_name }} 邀请您在 {{ deadline }} 前完成签署。",
        "heading": _ASKED,
        "lines": [_HELLO, "{{ workspace_name }} 的 {{ sender_name }} 向您发送了一份协议，请您阅读并签署。"],
    },
    "reminder": {
        **_TO_SIGN,
        "subject": "提醒：{{ title }}",
        "preview": "您尚未签署，请在 {{ deadline }} 前完成。",
        "heading": "您尚未签署",
        "lines": [
            _HELLO,
            "温馨提醒：{{ workspace_name }} 的 {{ sender_name }} 正在等待您的签署。"
            "请使用此邮件中的链接，之前邮件中的链接可能已失效。",
        ],
    },
    "resent": {
        **_TO_SIGN,
        "subject": "{{ title }}",
        "preview": "{{ sender_name }} 向您发送了新的链接，请在 {{ deadline }} 前完成签署。",
        "heading": _ASKED,
        "lines": [
            _HELLO,
            "{{ workspace_name }} 的 {{ sender_name }} 向您发送了新的链接，请您阅读并签署协议。"
            "之前邮件中的链接已失效。",
        ],
    },
    "deadline_changed": {
        **_TO_SIGN,
        "subject": "截止时间已更改：{{ title }}",
        "preview": "您现在可在 {{ deadline }} 前完成签署。",
        "heading": "签署截止时间已更改",
        "lines": [
            _HELLO,
            "{{ workspace_name }} 的 {{ sender_name }} 更改了待您签署协议的截止时间，"
            "您现在可在 {{ deadline }} 前完成签署。",
        ],
    },
    "reassigned": {
        "subject": "已转交 {{ recipient_name }}：{{ title }}",
        "heading": "签署人已转交",
        "lines": [_HELLO, "{{ by }} 已将《{{ title }}》转交给 {{ recipient_name }} 签署，对方已收到签署邀请。"],
        "facts": (
            ("协议", "{{ title }}"),
            ("转交人", "{{ by }}"),
            ("新签署人", "{{ recipient_name }}（{{ recipient_email }}）"),
        ),
        "button": "查看协议",
        "note": "如不同意，可更正签署人或作废该协议。",
    },
    "sign_code": {
        "subject": "《{{ title }}》的签署验证码",
        "heading": "您的验证码",
        "lines": [_HELLO, "请在《{{ title }}》的签署页面输入此验证码以继续。"],
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
            "如果是您本人，请直接登录；忘记密码时可在登录页重设。如非本人操作，请忽略此邮件。",
        ],
        "button": "登录",
    },
    "reset_password": {
        "subject": "您的密码重设验证码",
        "heading": "重设密码",
        "lines": ["请输入此验证码以设置新密码。设置后，您的所有登录会话都将结束。"],
        "note": _CODE_NOTE,
    },
    "change_email": {
        "subject": "确认您的新邮箱地址",
        "heading": "确认新邮箱地址",
        "lines": ["请输入此验证码，以将此地址用于您的 Signet 账户。"],
        "note": _CODE_NOTE,
    },
    "password_changed": {
        "subject": "您的密码已更改",
        "heading": "您的密码已更改",
        "lines": [_HELLO, "您的 Signet 账户密码已更改，其他登录会话均已结束。"],
        "button": "重设密码",
        "note": "如果是您本人操作，请忽略此邮件；如非本人操作，请立即重设密码。",
    },
    "login_locked": {
        "subject": "登录已暂时锁定",
        "heading": "登录失败次数过多",
        "lines": [_HELLO, "有人多次使用错误密码尝试登录您的账户，登录已暂时锁定。"],
        "facts": (("锁定至", "{{ until }}"),),
        "note": "如非本人操作，您的密码并未泄露，建议更换为更强的密码。",
    },
    "locked": {
        "subject": "{{ recipient_name }} 验证失败：{{ title }}",
        "heading": "验证失败",
        "lines": [
            _HELLO,
            "{{ recipient_name }} 已用完所有验证次数，目前无法签署。",
            "重新发送签署请求，即可为其提供新的链接和验证次数。",
        ],
        "facts": (
            ("协议", "{{ title }}"),
            ("签署方", "{{ recipient_name }}"),
            ("验证方式", "{{ {'access_code': '访问码', 'email_code': '邮箱验证码'}.get(check, '身份验证') }}"),
        ),
        "button": "查看协议",
    },
    "voided": {
        "subject": "已作废：{{ title }}",
        "heading": "协议已作废",
        "lines": [_HELLO, "{{ by or '发起方' }} 已作废《{{ title }}》。" + _NOTHING_LEFT],
        "facts": _ENDED_FACTS,
        "quote": "原因",
        "button": _VIEW_OWN,
    },
    "declined": {
        "subject": "已拒签：{{ title }}",
        "heading": "协议已被拒签",
        "lines": [_HELLO, "{{ by or '签署方' }} 已拒签《{{ title }}》。" + _NOTHING_LEFT],
        "facts": _ENDED_FACTS,
        "quote": "原因",
        "button": _VIEW_OWN,
    },
    "expired": {
        "subject": "已过期：{{ title }}",
        "heading": "协议已过期",
        "lines": [_HELLO, "《{{ title }}》在截止时间前未能全部签署。" + _NOTHING_LEFT],
        "facts": _ENDED_FACTS,
        "button": _VIEW_OWN,
    },
    "completed": {
        "subject": "已完成：{{ title }}",
        "heading": "全部签署完成",
        "lines": [_HELLO, "《{{ title }}》已完成签署，签署文件及证书均已生成。"],
        "facts": (
            ("协议", "{{ title }}"),
            ("发起方", "{{ sender_name }}{% if sender_email %}（{{ sender_email }}）{% endif %}"),
            ("完成时间", "{{ completed_at }}"),
        ),
        "button": "{% if own %}查看协议{% else %}下载文件{% endif %}",
        "note": "{% if not own %}此链接 30 天内有效，请下载并妥善保存文件。"
        "持有链接者可以查看文件，请勿转发此邮件。{% endif %}",
    },
}
