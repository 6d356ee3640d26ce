"""The audit trail's events of this domain in Chinese."""

AUDITED: dict[str, str] = {
    "licence.issued": "证照：签发",
    "licences.loaded": "载入证照数据",
    "licence.revoked": "证照：撤销",
    "licence.document_made": "证照：生成文件",
    "licence.foreign": "证照：越权访问他人证照",
}
