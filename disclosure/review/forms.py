"""What a reviewer writes: remarks, the comment of a return, the reason of a withdrawal or a reopening."""

from django import forms

from disclosure.models import Waiver
from schools.fields import LineFormField

TOO_LONG = "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请精简。"


class WordsField(forms.CharField):
    """What somebody writes into a text area. A line break counts as one character, as for the browser's maxlength."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class RemarkForm(forms.Form):
    """A remark on one part of a report."""

    text = WordsField(
        label="审核意见",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明审核意见。", "max_length": TOO_LONG},
    )

    def __init__(self, *args, key: str, **kwargs):
        # Nine of these stand on one page.
        super().__init__(*args, auto_id=f"id_{key}_%s", **kwargs)


class SeenForm(forms.Form):
    """A decision on the submission that was seen: ``seen`` is its hash."""

    seen = LineFormField(max_length=64, required=False, widget=forms.HiddenInput)


class ReturnForm(SeenForm):
    """The comment a return needs; ``remarks`` are those on the page (``transitions.ids_of``)."""

    remarks = LineFormField(required=False, widget=forms.HiddenInput)
    comment = WordsField(
        label="总体意见",
        help_text="学校在邮件和工作台上首先读到这段话。各部分的具体意见随后列出，不必重复。",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "请写明退回的总体意见。", "max_length": TOO_LONG},
    )


class WithdrawForm(forms.Form):
    """Why a published report is taken down: the public reads it."""

    comment = WordsField(
        label="撤回原因",
        help_text="将向公众显示，请用公众能看懂的话说明，不要重复需要撤下的内容。最多 500 字。",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明撤回原因。原因会向公众显示。", "max_length": TOO_LONG},
    )


class ReopenForm(forms.Form):
    """Why a withdrawn report may be written again: it becomes the public change note."""

    comment = WordsField(
        label="重新开放填报的原因",
        help_text="再次发布后，作为更正说明向公众显示。最多 500 字。",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "请写明重新开放填报的原因。再次发布后，原因会作为更正说明向公众显示。",
            "max_length": TOO_LONG,
        },
    )


class WaiverForm(forms.Form):
    """The decision on an error; ``seen`` is the version of the decision that stood on the page."""

    seen = LineFormField(required=False)
    decision = forms.TypedChoiceField(
        choices=[("grant", "同意豁免"), ("decline", "不予豁免")],
        coerce=lambda value: value == "grant",
        error_messages={"required": "请选择同意豁免或者不予豁免。", "invalid_choice": "请选择同意豁免或者不予豁免。"},
    )
    reason = WordsField(
        label="决定的理由",
        max_length=Waiver._meta.get_field("reason").max_length,
        error_messages={"required": "请写明理由。学校会看到，操作记录里也会保留。", "max_length": TOO_LONG},
    )
