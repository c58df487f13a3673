"""Traditional Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LAYOUT = {
    "footer": "您收到此郵件，是因為有協議或帳戶與您的電子郵件地址相關。Signet 不會透過郵件索取您的密碼。",
    "by_hand": "或開啟以下網址：",
    "code": "您的驗證碼：",
    "colon": "：",
    "via": "{person}（透過 {brand}）",
    "time": "y年M月d日 EEEE HH:mm",
    "zone": "（{zone}）",
}

_HELLO = "{{ name }}，您好："
_CODE_NOTE = (
    "驗證碼{% if minutes > 0 %} {{ minutes }} 分鐘內有效，{% endif %}有效期限至 {{ expires_at }}。"
    "請勿告知任何人，Signet 的工作人員不會向您索取驗證碼。如非本人操作，請忽略此郵件。"
)
_DEAL = (
    ("協議", "{{ title }}"),
    ("發起方", "{{ sender_name }}（{{ sender_email }}）"),
    ("工作空間", "{{ workspace_name }}"),
    ("簽署期限", "{{ deadline }}"),
)
_LINK_NOTE = (
    "此連結僅供您本人使用，持有者可以您的名義操作，請勿轉寄此郵件。如有疑問，請直接回覆此郵件，"
    "{{ sender_name }} 會收到您的回覆。如果您並未預期收到此郵件，請予以忽略。"
)
_TO_SIGN = {
    "facts": _DEAL,
    "button": "檢視並簽署",
    "quote": "{{ sender_name }} 的留言",
    "after": ["您可以在瀏覽器中閱讀並簽署協議，無需註冊帳戶。全部簽署完成後，各方都會透過電子郵件收到簽署完成的文件。"],
    "note": _LINK_NOTE,
}
_ASKED = "{{ sender_name }} 邀請您簽署協議"
_ENDED_FACTS = (
    ("協議", "{{ title }}"),
    ("發起方", "{{ sender_name }}{% if sender_email %}（{{ sender_email }}）{% endif %}"),
    ("結束時間", "{{ ended_at }}"),
)
_NOTHING_LEFT = "該協議不能再簽署，您無需進行任何操作。"
_VIEW_OWN = "{% if own %}檢視協議{% endif %}"

LETTERS: Mapping[str, Mapping[str, Any]] = {
    "invitation": {
        **_TO_SIGN,
        "subject": "{{ title }}",
        "preview": "{{ workspace_name }} 的 {{ sender_name }} 邀請您於 {{ deadline }} 前完成簽署。",
        "heading": _ASKED,
        "lines": [_HELLO, "{{ workspace_name }} 的 {{ sender_name }} 向您寄送了一份協議，請您閱讀並簽署。"],
    },
    "reminder": {
        **_TO_SIGN,
        "subject": "提醒：{{ title }}",
        "preview": "您尚未簽署，請於 {{ deadline }} 前完成。",
        "heading": "您尚未簽署",
        "lines": [
            _HELLO,
            "溫馨提醒：{{ workspace_name }} 的 {{ sender_name }} 正在等候您的簽署。"
            "請使用此郵件中的連結，先前郵件中的連結可能已失效。",
        ],
    },
    "resent": {
        **_TO_SIGN,
        "subject": "{{ title }}",
        "preview": "{{ sender_name }} 向您寄送了新的連結，請於 {{ deadline }} 前完成簽署。",
        "heading": _ASKED,
        "lines": [
            _HELLO,
            "{{ workspace_name }} 的 {{ sender_name }} 向您寄送了新的連結，請您閱讀並簽署協議。"
            "先前郵件中的連結已失效。",
        ],
    },
    "deadline_changed": {
        **_TO_SIGN,
        "subject": "截止時間已變更：{{ title }}",
        "preview": "您現在可於 {{ deadline }} 前完成簽署。",
        "heading": "簽署期限已變更",
        "lines": [
            _HELLO,
            "{{ workspace_name }} 的 {{ sender_name }} 變更了待您簽署協議的期限，"
            "您現在可於 {{ deadline }} 前完成簽署。",
        ],
    },
    "reassigned": {
        "subject": "已轉交 {{ recipient_name }}：{{ title }}",
        "heading": "簽署人已轉交",
        "lines": [_HELLO, "{{ by }} 已將《{{ title }}》轉交給 {{ recipient_name }} 簽署，對方已收到簽署邀請。"],
        "facts": (
            ("協議", "{{ title }}"),
            ("轉交人", "{{ by }}"),
            ("新簽署人", "{{ recipient_name }}（{{ recipient_email }}）"),
        ),
        "button": "檢視協議",
        "note": "如不同意，可更正簽署人或作廢該協議。",
    },
    "sign_code": {
        "subject": "《{{ title }}》的簽署驗證碼",
        "heading": "您的驗證碼",
        "lines": [_HELLO, "請在《{{ title }}》的簽署頁面輸入此驗證碼以繼續。"],
        "note": _CODE_NOTE,
    },
    "register": {
        "subject": "您的 Signet 註冊驗證碼",
        "heading": "歡迎使用 Signet",
        "lines": ["請輸入此驗證碼以確認您的電子郵件地址。"],
        "note": _CODE_NOTE,
    },
    "known_address": {
        "subject": "您已擁有 Signet 帳戶",
        "heading": "您已擁有帳戶",
        "lines": [
            "有人嘗試使用此電子郵件地址註冊，但該地址已有帳戶。",
            "如果是您本人，請直接登入；忘記密碼時可在登入頁重設。如非本人操作，請忽略此郵件。",
        ],
        "button": "登入",
    },
    "reset_password": {
        "subject": "您的密碼重設驗證碼",
        "heading": "重設密碼",
        "lines": ["請輸入此驗證碼以設定新密碼。設定後，您的所有登入工作階段都將結束。"],
        "note": _CODE_NOTE,
    },
    "change_email": {
        "subject": "確認您的新電子郵件地址",
        "heading": "確認新電子郵件地址",
        "lines": ["請輸入此驗證碼，以將此地址用於您的 Signet 帳戶。"],
        "note": _CODE_NOTE,
    },
    "password_changed": {
        "subject": "您的密碼已變更",
        "heading": "您的密碼已變更",
        "lines": [_HELLO, "您的 Signet 帳戶密碼已變更，其他登入工作階段均已結束。"],
        "button": "重設密碼",
        "note": "如果是您本人操作，請忽略此郵件；如非本人操作，請立即重設密碼。",
    },
    "login_locked": {
        "subject": "登入已暫時鎖定",
        "heading": "登入失敗次數過多",
        "lines": [_HELLO, "有人多次使用錯誤密碼嘗試登入您的帳戶，登入已暫時鎖定。"],
        "facts": (("鎖定至", "{{ until }}"),),
        "note": "如非本人操作，您的密碼並未外洩，建議更換為更強的密碼。",
    },
    "locked": {
        "subject": "{{ recipient_name }} 驗證失敗：{{ title }}",
        "heading": "驗證失敗",
        "lines": [
            _HELLO,
            "{{ recipient_name }} 已用完所有驗證次數，目前無法簽署。",
            "重新傳送簽署請求，即可為其提供新的連結和驗證次數。",
        ],
        "facts": (
            ("協議", "{{ title }}"),
            ("簽署方", "{{ recipient_name }}"),
            ("驗證方式", "{{ {'access_code': '存取碼', 'email_code': '電子郵件驗證碼'}.get(check, '身分驗證') }}"),
        ),
        "button": "檢視協議",
    },
    "voided": {
        "subject": "已作廢：{{ title }}",
        "heading": "協議已作廢",
        "lines": [_HELLO, "{{ by or '發起方' }} 已作廢《{{ title }}》。" + _NOTHING_LEFT],
        "facts": _ENDED_FACTS,
        "quote": "原因",
        "button": _VIEW_OWN,
    },
    "declined": {
        "subject": "已拒簽：{{ title }}",
        "heading": "協議已被拒簽",
        "lines": [_HELLO, "{{ by or '簽署方' }} 已拒簽《{{ title }}》。" + _NOTHING_LEFT],
        "facts": _ENDED_FACTS,
        "quote": "原因",
        "button": _VIEW_OWN,
    },
    "expired": {
        "subject": "已過期：{{ title }}",
        "heading": "協議已過期",
        "lines": [_HELLO, "《{{ title }}》在截止時間前未能全部簽署。" + _NOTHING_LEFT],
        "facts": _ENDED_FACTS,
        "button": _VIEW_OWN,
    },
    "completed": {
        "subject": "已完成：{{ title }}",
        "heading": "全部簽署完成",
        "lines": [_HELLO, "《{{ title }}》已完成簽署，簽署文件及憑證均已產生。"],
        "facts": (
            ("協議", "{{ title }}"),
            ("發起方", "{{ sender_name }}{% if sender_email %}（{{ sender_email }}）{% endif %}"),
            ("完成時間", "{{ completed_at }}"),
        ),
        "button": "{% if own %}檢視協議{% else %}下載文件{% endif %}",
        "note": "{% if not own %}此連結 30 天內有效，請下載並妥善保存文件。"
        "持有連結者可以檢視文件，請勿轉寄此郵件。{% endif %}",
    },
}
