"""Letters about belonging to a workspace, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EN: Mapping[str, Any] = {
    "member_invited": {
        "subject": "{{ inviter_name }} invites you to {{ workspace_name }} on Signet",
        "heading": "Join {{ workspace_name }}",
        "lines": [
            "Hello {{ name }},",
            "{{ inviter_name }} ({{ inviter_email }}) invites you to the workspace {{ workspace_name }} on Signet, "
            "where you can send agreements and sign them.",
        ],
        "facts": (("Workspace", "{{ workspace_name }}"), ("Good until", "{{ expires_at }}")),
        "button": "View the invitation",
        "note": "The link is yours alone. If you do not know who invites you, you need do nothing.",
    },
}
ZH_HANS: Mapping[str, Any] = {
    "member_invited": {
        "subject": "{{ inviter_name }} 邀请您加入“{{ workspace_name }}”",
        "heading": "加入“{{ workspace_name }}”",
        "lines": [
            "{{ name }}，您好：",
            "{{ inviter_name }}（{{ inviter_email }}）邀请您加入 Signet 工作空间“{{ workspace_name }}”，"
            "加入后即可发起和签署协议。",
        ],
        "facts": (("工作空间", "{{ workspace_name }}"), ("有效期至", "{{ expires_at }}")),
        "button": "查看邀请",
        "note": "此链接仅供您本人使用。如果您不认识邀请人，请忽略此邮件。",
    },
}
ZH_HANT: Mapping[str, Any] = {
    "member_invited": {
        "subject": "{{ inviter_name }} 邀請您加入「{{ workspace_name }}」",
        "heading": "加入「{{ workspace_name }}」",
        "lines": [
            "{{ name }}，您好：",
            "{{ inviter_name }}（{{ inviter_email }}）邀請您加入 Signet 工作空間「{{ workspace_name }}」，"
            "加入後即可發起及簽署協議。",
        ],
        "facts": (("工作空間", "{{ workspace_name }}"), ("有效期至", "{{ expires_at }}")),
        "button": "檢視邀請",
        "note": "此連結僅供您本人使用。如果您不認識邀請人，請忽略此郵件。",
    },
}
LETTERS: Mapping[str, Mapping[str, Any]] = {"en": EN, "zh-Hans": ZH_HANS, "zh-Hant": ZH_HANT}
