"""The audit trail's events of the platform itself in Chinese."""

AUDITED: dict[str, str] = {
    "keys.added": "启用新的数据密钥",
    "keys.resealed": "用新密钥重新加密",
    "keys.retired": "删除旧的数据密钥",
}
