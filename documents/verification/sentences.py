"""One sentence for each code of `reasons`: English, simplified Chinese, traditional Chinese."""

SENTENCES: dict[str, tuple[str, str, str]] = {
    "not_a_pdf": ("This file is not a PDF.", "此文件不是 PDF。", "此檔案不是 PDF。"),
    "no_signatures": (
        "This file carries no digital signature.",
        "此文件没有数字签名。",
        "此檔案沒有數位簽章。",
    ),
    "unreadable": ("This file cannot be read.", "无法读取此文件。", "無法讀取此檔案。"),
    "too_complex": (
        "Checking this file takes more time or memory than is allowed.",
        "检查此文件所需的时间或内存超出限制。",
        "檢查此檔案所需的時間或記憶體超出限制。",
    ),
    "root_not_trusted": (
        "A certificate was issued by somebody who is not among the trusted roots.",
        "证书的签发者不在受信任的根证书之列。",
        "憑證的簽發者不在受信任的根憑證之列。",
    ),
    "certificate_ended": (
        "A certificate has ended, and no valid time stamp proves that it was used before.",
        "证书已过期，且没有有效的时间戳证明签名在此之前完成。",
        "憑證已到期，且沒有有效的時間戳記證明簽章在此之前完成。",
    ),
    "weak_algorithm": (
        "A signature uses an algorithm that is no longer safe.",
        "签名使用了不再安全的算法。",
        "簽章使用了不再安全的演算法。",
    ),
    "structure_damaged": (
        "The structure of the file is damaged or was tampered with.",
        "文件结构已损坏或被篡改。",
        "檔案結構已損毀或被竄改。",
    ),
    "header_damaged": ("The beginning of the file was changed.", "文件开头已被更改。", "檔案開頭已被更改。"),
    "xref_wrong": (
        "The table of objects does not fit the file.",
        "对象表与文件不符。",
        "物件表與檔案不符。",
    ),
    "revision_skipped": (
        "The file leaves out one of its revisions.",
        "文件略过了其中一个修订版本。",
        "檔案略過了其中一個修訂版本。",
    ),
    "bytes_unaccounted": (
        "There are bytes in the file that belong to nothing.",
        "文件中存在不属于任何内容的字节。",
        "檔案中存在不屬於任何內容的位元組。",
    ),
    "bytes_after_end": (
        "Something was added after the end of the file.",
        "文件末尾之后被添加了内容。",
        "檔案結尾之後被加入了內容。",
    ),
    "end_missing": (
        "The end of the file is missing.",
        "文件末尾缺失。",
        "檔案結尾缺失。",
    ),
    "unsigned_update": (
        "The file was changed after the last signature.",
        "文件在最后一次签名之后被更改。",
        "檔案在最後一次簽章之後被更改。",
    ),
    "bytes_changed": (
        "Signed content was changed after signing.",
        "已签名的内容在签名后被更改。",
        "已簽章的內容在簽章後被更改。",
    ),
    "signature_invalid": (
        "A signature is not valid.",
        "签名无效。",
        "簽章無效。",
    ),
    "contents_missing": ("A signature has no value.", "签名缺少签名值。", "簽章缺少簽章值。"),
    "contents_zeroed": ("The value of a signature was erased.", "签名值已被清除。", "簽章值已被清除。"),
    "contents_padded": (
        "Something is hidden behind the value of a signature.",
        "签名值之后隐藏了其他内容。",
        "簽章值之後隱藏了其他內容。",
    ),
    "contents_altered": (
        "The value of a signature is not as it was made.",
        "签名值与生成时不一致。",
        "簽章值與產生時不一致。",
    ),
    "byterange_missing": (
        "A signature does not say what it covers.",
        "签名未说明其覆盖范围。",
        "簽章未說明其涵蓋範圍。",
    ),
    "byterange_wrong": (
        "A signature leaves out more than its own value.",
        "签名遗漏了自身值以外的内容。",
        "簽章遺漏了自身值以外的內容。",
    ),
    "signatures_overlap": (
        "Signatures do not follow each other as they must.",
        "签名之间的先后关系不正确。",
        "簽章之間的先後關係不正確。",
    ),
    "signature_unlinked": (
        "There is a signature that no field shows.",
        "存在未被任何控件引用的签名。",
        "存在未被任何欄位引用的簽章。",
    ),
    "signature_added": (
        "A signature was added that was not planned.",
        "添加了计划之外的签名。",
        "加入了計畫之外的簽章。",
    ),
    "signature_replaced": ("A signature was replaced.", "签名被替换。", "簽章被替換。"),
    "certification_missing": (
        "The certification that begins every agreement is missing.",
        "缺少协议起始的认证签名。",
        "缺少協議起始的認證簽章。",
    ),
    "incomplete": (
        "Not everybody has signed: this is an earlier state of the document.",
        "并非所有人都已签署：这是文件的早期状态。",
        "並非所有人都已簽署：這是文件的早期狀態。",
    ),
    "lock_missing": (
        "A signature does not lock the fields it must lock.",
        "签名未锁定应锁定的控件。",
        "簽章未鎖定應鎖定的欄位。",
    ),
    "field_not_theirs": (
        "A signer changed a field of somebody else.",
        "签署者更改了他人的控件。",
        "簽署者更改了他人的欄位。",
    ),
    "field_changed": (
        "A field was changed in a way that filling it in does not need.",
        "控件发生了填写以外的更改。",
        "欄位發生了填寫以外的更改。",
    ),
    "field_added": (
        "A form field was added or hidden.",
        "添加或隐藏了表单控件。",
        "加入或隱藏了表單欄位。",
    ),
    "annotation_added": (
        "An annotation was added to or taken from a page.",
        "页面上添加或移除了批注。",
        "頁面上加入或移除了註解。",
    ),
    "annotation_changed": ("An annotation was changed.", "批注被更改。", "註解被更改。"),
    "page_changed": ("A page was changed.", "页面被更改。", "頁面被更改。"),
    "content_replaced": ("Page content was replaced.", "页面内容被替换。", "頁面內容被替換。"),
    "catalog_changed": (
        "The document's own settings were changed.",
        "文档自身的设置被更改。",
        "文件自身的設定被更改。",
    ),
    "object_changed": (
        "A part of the document was changed that nobody may change.",
        "文档中不允许更改的部分被更改。",
        "文件中不允許更改的部分被更改。",
    ),
    "object_added": (
        "Something was added to the document that nothing planned needs.",
        "文档中被添加了计划之外的内容。",
        "文件中被加入了計畫之外的內容。",
    ),
    "duplicate_key": (
        "An entry stands twice, so that programs may read the file differently.",
        "存在重复条目，不同程序可能有不同解读。",
        "存在重複項目，不同程式可能有不同解讀。",
    ),
    "dss_changed": (
        "Data that proves the signatures was taken away or damaged.",
        "用于证明签名的数据被移除或损坏。",
        "用於證明簽章的資料被移除或損毀。",
    ),
    "timestamp_wrong": (
        "A time stamp does not belong to what it stands on.",
        "时间戳与其所附内容不符。",
        "時間戳記與其所附內容不符。",
    ),
    "root_imitated": (
        "A certificate claims an issuer that did not issue it.",
        "证书冒称了并未签发它的签发者。",
        "憑證冒稱了並未簽發它的簽發者。",
    ),
    "certificate_revoked": (
        "A certificate had been revoked when it was used.",
        "使用时证书已被吊销。",
        "使用時憑證已被撤銷。",
    ),
    "certificate_not_valid_then": (
        "A certificate was not valid at the time of signing.",
        "签名时证书不在有效期内。",
        "簽章時憑證不在有效期內。",
    ),
    "chain_wrong": (
        "A certificate may not be used in the way it was used.",
        "证书的使用方式不被允许。",
        "憑證的使用方式不被允許。",
    ),
    "not_permitted": (
        "Changes were made that the document does not permit.",
        "文件被作了不允许的更改。",
        "檔案被作了不允許的更改。",
    ),
    "audit_broken": (
        "The audit trail was changed.",
        "审计记录被更改。",
        "稽核紀錄被更改。",
    ),
    "audit_of_another_file": (
        "The audit trail belongs to another document.",
        "审计记录属于另一份文件。",
        "稽核紀錄屬於另一份文件。",
    ),
    "audit_unproven": (
        "No sealed certificate of completion confirms the audit trail.",
        "没有已密封的完成证书证实审计记录。",
        "沒有已密封的完成證書證實稽核紀錄。",
    ),
    "bundle_changed": (
        "This archive file holds something that was not in it when it was handed over.",
        "压缩包中含有交付时不存在的内容。",
        "壓縮檔中含有交付時不存在的內容。",
    ),
    "bundle_incomplete": (
        "Parts are missing from this archive file.",
        "压缩包内容不完整。",
        "壓縮檔內容不完整。",
    ),
}
