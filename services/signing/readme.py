"""What stands beside the files in the ZIP: what they are, and how they are verified without this service."""

from __future__ import annotations

from services.signing.material import Material

ENGLISH = """\
{title}
Agreement {public_id}

What is here
  document.pdf             the signed document
  certificate-*.pdf        certificate of completion, in three languages
  audit.json               the audit trail; it explains itself
  certs/                   certificates: each one, roots.pem (all roots), others.pem (all others)
  revocation/              OCSP responses and CRLs that show no certificate was revoked
  anchors/                 daily time stamps over the heads of all audit trails, if there are any yet

How to verify it, offline
  1. With Signet:          signet verify document.pdf --trust certs/roots.pem
                           (or the whole ZIP in the place of document.pdf)
  2. With poppler:         pdfsig document.pdf
     The file must not have been changed since signing; the roots in certs/ are not known to other programs
     until you trust them.
  3. The whole file:       sha256sum document.pdf
     must give             {sha256}
{anchors}
Compare the fingerprint of the root with one you got from the operator before you trust it:
                           openssl x509 -in certs/roots.pem -noout -fingerprint -sha256
"""
ANCHOR = """\
  {number}. The anchor of {day}: openssl ts -verify -digest {root}
       -in anchors/{day}.tst -token_in -CAfile certs/roots.pem -untrusted certs/others.pem
"""
SIMPLIFIED = """\
{title}
协议 {public_id}

内容
  document.pdf             已签署的文档
  certificate-*.pdf        签署完成证书，三种语言
  audit.json               审计记录，文件内附说明
  certs/                   证书：逐个列出，以及 roots.pem（全部根证书）、others.pem（其余全部）
  revocation/              OCSP 响应与 CRL，证明证书未被吊销
  anchors/                 对所有审计记录末端的每日时间戳（如已有）

如何离线核验
  1. 使用 Signet：         signet verify document.pdf --trust certs/roots.pem
                           （也可用整个 ZIP 代替 document.pdf）
  2. 使用 poppler：        pdfsig document.pdf
     文件自签署后不得有改动；certs/ 中的根证书在您信任之前不为其他程序所知。
  3. 整个文件：            sha256sum document.pdf
     结果应为              {sha256}
{anchors}
信任根证书之前，请将其指纹与从运营者处取得的指纹比对：
                           openssl x509 -in certs/roots.pem -noout -fingerprint -sha256
"""
ANCHOR_SIMPLIFIED = ANCHOR.replace("The anchor of {day}: ", "{day} 的锚定：")
TRADITIONAL = """\
{title}
協議 {public_id}

內容
  document.pdf             已簽署的文件
  certificate-*.pdf        簽署完成證書，三種語言
  audit.json               稽核記錄，檔案內附說明
  certs/                   憑證：逐個列出，以及 roots.pem（全部根憑證）、others.pem（其餘全部）
  revocation/              OCSP 回應與 CRL，證明憑證未被撤銷
  anchors/                 對所有稽核記錄末端的每日時間戳記（如已有）

如何離線核驗
  1. 使用 Signet：         signet verify document.pdf --trust certs/roots.pem
                           （也可用整個 ZIP 代替 document.pdf）
  2. 使用 poppler：        pdfsig document.pdf
     檔案自簽署後不得有改動；certs/ 中的根憑證在您信任之前不為其他程式所知。
  3. 整個檔案：            sha256sum document.pdf
     結果應為              {sha256}
{anchors}
信任根憑證之前，請將其指紋與從營運者處取得的指紋比對：
                           openssl x509 -in certs/roots.pem -noout -fingerprint -sha256
"""
ANCHOR_TRADITIONAL = ANCHOR.replace("The anchor of {day}: ", "{day} 的錨定：")
PARTS = ((ENGLISH, ANCHOR), (SIMPLIFIED, ANCHOR_SIMPLIFIED), (TRADITIONAL, ANCHOR_TRADITIONAL))
RULE = "\n" + "-" * 78 + "\n\n"


def text(material: Material) -> str:
    """The text in three languages."""
    ceremony = material.ceremony
    values = {
        "title": " ".join(ceremony.title.split()), "public_id": ceremony.public_id,
        "sha256": (ceremony.file or {})["sha256"],
    }  # fmt: skip
    return RULE.join(part.format(**values, anchors=_anchors(material, line)) for part, line in PARTS)


def _anchors(material: Material, line: str) -> str:
    told = [line.format(number=number, **one) for number, one in enumerate(material.anchors, 4)]
    return "".join(told)
