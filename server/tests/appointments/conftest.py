from support.sandbox import sandbox, sandbox_process

__all__ = ["sandbox", "sandbox_process"]
