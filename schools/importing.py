"""The operators' list of schools as a table: one row a school, Chinese headings, errors in sentences."""

from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.formats.base_formats import CSV
from import_export.resources import ModelResource
from import_export.results import RowResult
from import_export.widgets import CharWidget, ForeignKeyWidget, Widget

from schools import audit
from schools.actor import Actor
from schools.enums import EventType, Level, Ownership
from schools.lines import is_one_line, one_line
from schools.models import Province, School
from schools.slugs import free_slug


class ChineseCSV(CSV):
    """CSV as Excel in China writes and reads it: with a mark of UTF-8, or in GB 18030."""

    def is_binary(self):
        return True

    def get_read_mode(self):
        return "rb"

    def create_dataset(self, in_stream, **kwargs):
        """``in_stream`` is the file's bytes. Raises ``UnicodeDecodeError`` where it is in neither encoding."""
        try:
            text = in_stream.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = in_stream.decode("gb18030")
        return super().create_dataset(text, **kwargs)

    def export_data(self, dataset, **kwargs):
        return super().export_data(dataset, **kwargs).encode("utf-8-sig")


class ProvinceWidget(ForeignKeyWidget):
    """A province by its code."""

    def clean(self, value, row=None, **kwargs):
        try:
            return super().clean(value, row, **kwargs)
        except Province.DoesNotExist:
            raise ValueError(f"没有行政区划代码为「{value}」的省份，请先在「省份」中添加。") from None


class LabelWidget(Widget):
    """A choice, by its label."""

    def __init__(self, choices):
        super().__init__()
        self.choices = choices

    def clean(self, value, row=None, **kwargs):
        labels = {choice.label: choice.value for choice in self.choices}
        value = str(value or "").strip()
        if value and value not in labels:
            raise ValueError(f"「{value}」无法识别，请填写：{'、'.join(labels)}；或者留空。")
        return labels.get(value, "")

    def render(self, value, obj=None, **kwargs):
        return str(self.choices(value).label) if value else ""


class YesNoWidget(Widget):
    """是 or 否; empty means 是."""

    def clean(self, value, row=None, **kwargs):
        answers = {"": True, "是": True, "否": False}
        value = str(value or "").strip()
        if value not in answers:
            raise ValueError(f"「{value}」无法识别，请填写「是」或「否」。")
        return answers[value]

    def render(self, value, obj=None, **kwargs):
        return "是" if value else "否"


class TrimmedWidget(CharWidget):
    """One line of text without blanks around it. A line break in a cell is refused, not mended: rows are found by such
    text, and a blank in its place would make another school of it.
    """

    def clean(self, value, row=None, **kwargs):
        text = str(value or "").strip()
        if not is_one_line(text):
            raise ValueError(f"「{one_line(text)}」里有换行或看不见的字符，请删去后重新导入。")
        return text


class TableResource(ModelResource):
    """A table that somebody keeps in a spreadsheet."""

    def validate_instance(self, instance, *args, **kwargs):
        """Name the columns as the table does: its reader knows no fields."""
        try:
            super().validate_instance(instance, *args, **kwargs)
        except ValidationError as error:
            columns = {name: field.column_name for name, field in self.fields.items()}
            raise ValidationError(
                {columns.get(name, name): told for name, told in error.message_dict.items()}
            ) from error


class SchoolResource(TableResource):
    """A school is found by its name; what a column leaves out stays as it is."""

    name = Field("name", "学校名称", TrimmedWidget())
    province = Field("province", "省份代码", ProvinceWidget(Province, "code"))
    code = Field("code", "学校标识码", TrimmedWidget())
    city = Field("city", "所在城市", TrimmedWidget())
    level = Field("level", "办学层次", LabelWidget(Level))
    ownership = Field("ownership", "办学性质", LabelWidget(Ownership))
    slug = Field("slug", "网址名称", TrimmedWidget())
    is_active = Field("is_active", "参加填报", YesNoWidget())

    class Meta:
        model = School
        fields = ("name", "province", "code", "city", "level", "ownership", "slug", "is_active")
        import_id_fields = ("name",)
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True

    def before_save_instance(self, instance, row, **kwargs):
        instance.code = instance.code or None

    def after_init_instance(self, instance, new, row, **kwargs):
        given = str(row.get("网址名称") or "").strip()
        if new:
            instance.slug = given or free_slug(str(row.get("学校名称") or ""))
        elif given not in ("", instance.slug):
            # Other pages link to its reports.
            raise ValidationError({"网址名称": f"建立后不能修改，应为 {instance.slug}，或者留空。"})
        row["网址名称"] = instance.slug

    def after_import_row(self, row, row_result, **kwargs):
        types = {
            RowResult.IMPORT_TYPE_NEW: EventType.SCHOOL_ADDED,
            RowResult.IMPORT_TYPE_UPDATE: EventType.SCHOOL_CHANGED,
        }
        type = types.get(row_result.import_type)
        if type and not kwargs.get("dry_run"):
            school = School.objects.get(pk=row_result.object_id)
            audit.record(type, Actor(kwargs["user"]), school, imported=True)
