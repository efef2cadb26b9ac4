"""What comes out of other rooms, in the user's language."""

from PySide6.QtCore import QCoreApplication

from fer_desktop.core.messages import Message


def told(message: Message | None) -> str:
    """The sentence; empty where there is none. Its translation is looked up by the English text."""
    if message is None:
        return ""
    values = {name: told(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    text = QCoreApplication.translate("Message", message.text)
    return text.format(**values) if values else text
