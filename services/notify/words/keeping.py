"""Letters about agreements that will be removed, in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EN: Mapping[str, Any] = {
    "removals_announced": {
        "subject": "{{ workspace_name }}: {{ count }} "
        "{{ 'agreement' if count == 1 else 'agreements' }} will be removed",
        "heading": "Old agreements will be removed",
        "lines": [
            "Hello {{ name }},",
            "{{ workspace_name }} keeps ended agreements only for a set time. For {{ count }} of them it is nearly "
            "over: they will be removed for good, none before {{ first_at }}.",
            "Among them: {% for title in titles %}“{{ title }}”{% if not loop.last %}, {% endif %}{% endfor %}"
            "{% if count > titles|length %} and {{ count - titles|length }} more{% endif %}.",
        ],
        "button": "See the agreements",
        "after": [
            "You can download them there, or export the list. "
            "To keep one agreement, open it and choose Keep for ever; "
            "to change the time for all, go to Management › Workspace.",
        ],
        "note": "Finished documents that were downloaded stay valid and can still be verified.",
    },
}
ZH_HANS: Mapping[str, Any] = {
    "removals_announced": {
        "subject": "{{ workspace_name }}：{{ count }} 份协议即将移除",
        "heading": "旧协议即将移除",
        "lines": [
            "{{ name }}，您好：",
            "“{{ workspace_name }}”设置了已结束协议的保留期限。其中 {{ count }} 份即将到期，"
            "届时将永久移除，最早时间为 {{ first_at }}。",
            "包括：{% for title in titles %}《{{ title }}》{% endfor %}"
            "{% if count > titles|length %}等 {{ count }} 份{% endif %}。",
        ],
        "button": "查看协议",
        "after": [
            "您可以在此下载所需文件，或导出列表。如需保留某份协议，请打开该协议并选择“永久保留”；"
            "如需修改全部协议的期限，请前往“管理 › 工作空间”。",
        ],
        "note": "已下载的签署文件仍然有效，并可继续验证。",
    },
}
ZH_HANT: Mapping[str, Any] = {
    "removals_announced": {
        "subject": "{{ workspace_name }}：{{ count }} 份協議即將移除",
        "heading": "舊協議即將移除",
        "lines": [
            "{{ name }}，您好：",
            "「{{ workspace_name }}」設定了已結束協議的保存期限。其中 {{ count }} 份即將屆滿，"
            "屆時將永久移除，最早時間為 {{ first_at }}。",
            "包括：{% for title in titles %}《{{ title }}》{% endfor %}"
            "{% if count > titles|length %}等 {{ count }} 份{% endif %}。",
        ],
        "button": "檢視協議",
        "after": [
            "您可以在此下載所需文件，或匯出清單。如需保留某份協議，請開啟該協議並選擇「永久保存」；"
            "如需變更所有協議的期限，請前往「管理 › 工作空間」。",
        ],
        "note": "已下載的簽署文件仍然有效，並可繼續驗證。",
    },
}
LETTERS: Mapping[str, Mapping[str, Any]] = {"en": EN, "zh-Hans": ZH_HANS, "zh-Hant": ZH_HANT}
