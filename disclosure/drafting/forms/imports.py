"""What is brought in: a file, or what was pasted."""

from django import forms

from disclosure.importing.errors import LARGEST_FILE, TOO_LARGE
from disclosure.richtext.plain import typed

# What an office's word processors write. The picker offers these; what a file is, its content says and not its name.
ACCEPTED = (".docx", ".doc", ".wps", ".rtf", ".odt", ".html", ".htm", ".mht", ".txt")


class FileForm(forms.Form):
    """A file from the author's computer."""

    source = forms.FileField(
        label="选择文件",
        error_messages={
            "required": "请先选择文件。",
            "empty": "这个文件是空的（0 字节），请检查后重新选择。",
            "max_length": "文件名太长，请改短后重新选择。",
        },
        max_length=500,
    )

    def clean_source(self):
        source = self.cleaned_data["source"]
        if source.size > LARGEST_FILE:
            raise forms.ValidationError(TOO_LARGE)
        return source


class PastedField(forms.CharField):
    """A whole report in one text area. A NUL, which some programs end the clipboard with, is left out, not refused."""

    widget = forms.Textarea

    def to_python(self, value):
        return typed(super().to_python(value))


class PasteForm(forms.Form):
    """What somebody copied in a word processor: the HTML of the clipboard, or plain text."""

    pasted = PastedField(
        label="粘贴报告的内容",
        strip=False,
        error_messages={"required": "请先把报告的内容粘贴到这里。"},
    )
