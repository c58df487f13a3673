"""Traditional Chinese."""

LAYOUT = {
    "footer": "您收到此郵件，是因為有協議或帳戶與您的電子郵件地址相關。本郵件由 Signet 寄送。",
    "by_hand": "如果按鈕無法使用，請開啟以下網址：",
    "code": "您的驗證碼：",
}

_CODE_NOTE = "驗證碼有效期至 {{ expires_at }}。請勿告知任何人。如非本人操作，請忽略此郵件。"
_LINK_NOTE = "此連結僅供您本人使用，持有者可以您的名義操作。請勿轉寄此郵件。"
_INVITATION_LINES = [
    "{{ name }}，您好：",
    "{{ workspace_name }} 的 {{ sender_name }}（{{ sender_email }}）邀請您簽署《{{ title }}》。",
    "請於 {{ deadline }} 前完成簽署。",
]

LETTERS = {
    "invitation": {
        "subject": "{{ title }}",
        "heading": "{{ title }}",
        "lines": _INVITATION_LINES,
        "button": "檢視並簽署",
        "note": _LINK_NOTE,
    },
    "reminder": {
        "subject": "提醒：{{ title }}",
        "heading": "{{ title }}",
        "lines": [*_INVITATION_LINES, "溫馨提醒：您尚未簽署。請使用此郵件中的連結，之前的連結可能已失效。"],
        "button": "檢視並簽署",
        "note": _LINK_NOTE,
    },
    "deadline_changed": {
        "subject": "截止時間已變更：{{ title }}",
        "heading": "{{ title }}",
        "lines": [
            "{{ name }}，您好：",
            "{{ workspace_name }} 的 {{ sender_name }}（{{ sender_email }}）變更了《{{ title }}》的截止時間，"
            "您現在可於 {{ deadline }} 前完成簽署。",
        ],
        "button": "檢視並簽署",
        "note": _LINK_NOTE,
    },
    "resent": {
        "subject": "{{ title }}",
        "heading": "{{ title }}",
        "lines": [*_INVITATION_LINES, "此郵件包含新的連結，之前郵件中的連結已失效。"],
        "button": "檢視並簽署",
        "note": _LINK_NOTE,
    },
    "sign_code": {
        "subject": "《{{ title }}》的簽署驗證碼",
        "heading": "您的驗證碼",
        "lines": ["{{ name }}，您好：", "請在《{{ title }}》的簽署頁面輸入此驗證碼以繼續。"],
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
        "button": "開啟 Signet",
    },
    "reset_password": {
        "subject": "您的密碼重設驗證碼",
        "heading": "重設密碼",
        "lines": ["請輸入此驗證碼以設定新密碼。設定後，您的所有登入工作階段都將結束。"],
        "note": _CODE_NOTE,
    },
    "change_email": {
        "subject": "確認您的新電子郵件地址",
        "heading": "新電子郵件地址",
        "lines": ["請輸入此驗證碼，以將此地址用於您的 Signet 帳戶。"],
        "note": _CODE_NOTE,
    },
    "password_changed": {
        "subject": "您的密碼已變更",
        "heading": "您的密碼已變更",
        "lines": ["{{ name }}，您好：", "您的 Signet 帳戶密碼已變更，其他登入工作階段均已結束。"],
        "note": "如非本人操作，請立即重設密碼。",
    },
    "login_locked": {
        "subject": "登入已暫時鎖定",
        "heading": "登入失敗次數過多",
        "lines": ["{{ name }}，您好：", "有人多次使用錯誤密碼嘗試登入您的帳戶。登入已鎖定至 {{ until }}。"],
        "note": "如非本人操作，您的密碼並未外洩，建議更換為更強的密碼。",
    },
    "locked": {
        "subject": "{{ recipient_name }} 驗證失敗：{{ title }}",
        "heading": "驗證失敗",
        "lines": [
            "{{ name }}，您好：",
            "{{ recipient_name }} 在簽署《{{ title }}》時已用完"
            "{{ {'access_code': '存取碼', 'email_code': '郵件驗證碼'}.get(check, '驗證') }}的所有嘗試次數，現已鎖定。",
            "使用「重新傳送」可為其提供新的連結和嘗試次數。",
        ],
        "button": "開啟 Signet",
    },
    "reassigned": {
        "subject": "已轉交 {{ recipient_name }}：{{ title }}",
        "heading": "簽署人已轉交",
        "lines": [
            "{{ name }}，您好：",
            "{{ by }} 已將《{{ title }}》轉交給 {{ recipient_name }}（{{ recipient_email }}）簽署，"
            "對方已收到簽署邀請。",
            "如不同意，可更正簽署人或作廢該協議。",
        ],
        "button": "檢視協議",
    },
    "voided": {
        "subject": "已作廢：{{ title }}",
        "heading": "協議已作廢",
        "lines": ["{{ name }}，您好：", "{{ by or '發起方' }} 已作廢《{{ title }}》，該協議不能再簽署。"],
    },
    "declined": {
        "subject": "已拒簽：{{ title }}",
        "heading": "協議已被拒簽",
        "lines": ["{{ name }}，您好：", "{{ by or '簽署方' }} 已拒簽《{{ title }}》，該協議不能再簽署。"],
    },
    "expired": {
        "subject": "已過期：{{ title }}",
        "heading": "協議已過期",
        "lines": ["{{ name }}，您好：", "《{{ title }}》在截止時間前未能全部簽署，該協議不能再簽署。"],
    },
    "completed": {
        "subject": "已完成：{{ title }}",
        "heading": "全部簽署完成",
        "lines": [
            "{{ name }}，您好：",
            "《{{ title }}》已於 {{ completed_at }} 完成簽署，簽署文件及憑證均已產生。",
            "{% if link %}您可在 30 天內透過此連結下載。{% endif %}",
        ],
        "button": "開啟文件",
    },
}
