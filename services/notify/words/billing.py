"""Letters about plans and envelopes, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EN: Mapping[str, Any] = {
    "plan_changed": {
        "subject": "Thank you: {{ plan }} for {{ workspace_name }}",
        "heading": "Your order is done",
        "lines": [
            "Hello {{ name }},",
            "what was bought for {{ workspace_name }} can be used now. "
            "The plan is {{ plan }}{% if ends_at %} until {{ ends_at }}{% endif %}.",
            "Orders and invoices are under Management › Billing.",
        ],
        "button": "Open billing",
    },
    "plan_ending": {
        "subject": "{{ workspace_name }}: {{ plan }} ends in {{ days_left }} {{ 'day' if days_left == 1 else 'days' }}",
        "heading": "Your plan ends soon",
        "lines": [
            "Hello {{ name }},",
            "the plan {{ plan }} of {{ workspace_name }} ends on {{ ends_at }}. "
            "After that, agreements can be signed, viewed and downloaded, but no new ones can be sent.",
        ],
        "button": "Open billing",
    },
    "plan_ended": {
        "subject": "{{ workspace_name }}: {{ plan }} has ended",
        "heading": "Your plan has ended",
        "lines": [
            "Hello {{ name }},",
            "the plan {{ plan }} of {{ workspace_name }} ended on {{ ends_at }}. "
            "Agreements can still be signed, viewed and downloaded. "
            "To send again, choose a plan; drafts are kept.",
        ],
        "button": "Open billing",
    },
    "envelopes_low": {
        "subject": "{{ workspace_name }}: {{ available }} "
        "{{ 'envelope is' if available == 1 else 'envelopes are' }} left",
        "heading": "Few envelopes are left",
        "lines": [
            "Hello {{ name }},",
            "{{ workspace_name }} has {{ available }} of {{ total }} envelopes left. "
            "More can be bought under Management › Billing.",
        ],
        "button": "Open billing",
    },
    "exhausted": {
        "subject": "{{ workspace_name }}: no envelopes are left",
        "heading": "All envelopes are used",
        "lines": [
            "Hello {{ name }},",
            "all {{ total }} envelopes of {{ workspace_name }} are used. "
            "Nothing more can be sent until some are bought under Management › Billing; drafts are kept.",
        ],
        "button": "Open billing",
    },
}

ZH_HANS: Mapping[str, Any] = {
    "plan_changed": {
        "subject": "购买成功：{{ workspace_name }} · {{ plan }}",
        "heading": "购买成功",
        "lines": [
            "{{ name }}，您好：",
            "{{ workspace_name }} 购买的内容已生效，当前套餐为{{ plan }}"
            "{% if ends_at %}，有效期至 {{ ends_at }}{% endif %}。",
            "订单与账单请在“管理 › 费用概览”查看。",
        ],
        "button": "查看费用概览",
    },
    "plan_ending": {
        "subject": "{{ workspace_name }}：{{ plan }}将于 {{ days_left }} 天后到期",
        "heading": "套餐即将到期",
        "lines": [
            "{{ name }}，您好：",
            "{{ workspace_name }} 的{{ plan }}将于 {{ ends_at }} 到期。",
            "到期后仍可签署、查看和下载协议，但不能发送新的协议。请在“管理 › 费用概览”续费。",
        ],
        "button": "查看费用概览",
    },
    "plan_ended": {
        "subject": "{{ workspace_name }}：{{ plan }}已到期",
        "heading": "套餐已到期",
        "lines": [
            "{{ name }}，您好：",
            "{{ workspace_name }} 的{{ plan }}已于 {{ ends_at }} 到期。",
            "协议仍可签署、查看和下载。如需继续发送，请在“管理 › 费用概览”选择套餐，草稿均已保留。",
        ],
        "button": "查看费用概览",
    },
    "envelopes_low": {
        "subject": "{{ workspace_name }}：信封仅剩 {{ available }} 份",
        "heading": "信封余量不足",
        "lines": [
            "{{ name }}，您好：",
            "{{ workspace_name }} 的 {{ total }} 份信封仅剩 {{ available }} 份。可在“管理 › 费用概览”购买。",
        ],
        "button": "查看费用概览",
    },
    "exhausted": {
        "subject": "{{ workspace_name }}：信封已用完",
        "heading": "信封已用完",
        "lines": [
            "{{ name }}，您好：",
            "{{ workspace_name }} 的 {{ total }} 份信封已全部用完。请在“管理 › 费用概览”购买后再发送，草稿均已保留。",
        ],
        "button": "查看费用概览",
    },
}

ZH_HANT: Mapping[str, Any] = {
    "plan_changed": {
        "subject": "購買完成：{{ workspace_name }} · {{ plan }}",
        "heading": "購買完成",
        "lines": [
            "{{ name }}，您好：",
            "{{ workspace_name }} 購買的項目已生效，目前方案為{{ plan }}"
            "{% if ends_at %}，有效期至 {{ ends_at }}{% endif %}。",
            "訂單與帳單請在「管理 › 費用概覽」檢視。",
        ],
        "button": "檢視費用概覽",
    },
    "plan_ending": {
        "subject": "{{ workspace_name }}：{{ plan }}將於 {{ days_left }} 天後到期",
        "heading": "方案即將到期",
        "lines": [
            "{{ name }}，您好：",
            "{{ workspace_name }} 的{{ plan }}將於 {{ ends_at }} 到期。",
            "到期後仍可簽署、檢視及下載協議，但無法傳送新的協議。請在「管理 › 費用概覽」續費。",
        ],
        "button": "檢視費用概覽",
    },
    "plan_ended": {
        "subject": "{{ workspace_name }}：{{ plan }}已到期",
        "heading": "方案已到期",
        "lines": [
            "{{ name }}，您好：",
            "{{ workspace_name }} 的{{ plan }}已於 {{ ends_at }} 到期。",
            "協議仍可簽署、檢視及下載。如需繼續傳送，請在「管理 › 費用概覽」選擇方案，草稿皆已保留。",
        ],
        "button": "檢視費用概覽",
    },
    "envelopes_low": {
        "subject": "{{ workspace_name }}：信封僅剩 {{ available }} 份",
        "heading": "信封餘量不足",
        "lines": [
            "{{ name }}，您好：",
            "{{ workspace_name }} 的 {{ total }} 份信封僅剩 {{ available }} 份。可在「管理 › 費用概覽」購買。",
        ],
        "button": "檢視費用概覽",
    },
    "exhausted": {
        "subject": "{{ workspace_name }}：信封已用完",
        "heading": "信封已用完",
        "lines": [
            "{{ name }}，您好：",
            "{{ workspace_name }} 的 {{ total }} 份信封已全部用完。請在「管理 › 費用概覽」購買後再傳送，草稿皆已保留。",
        ],
        "button": "檢視費用概覽",
    },
}

LETTERS: Mapping[str, Mapping[str, Any]] = {"en": EN, "zh-Hans": ZH_HANS, "zh-Hant": ZH_HANT}
