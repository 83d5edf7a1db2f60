"""The forms of signing in and of a province's administration. One well-formed field each; rights are elsewhere."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm, UsernameField
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.db.models import Q

from schools.accounts import NEVER_ACTIVATED
from schools.enums import PROVINCE_ROLES, SCHOOL_ROLES, Role
from schools.fields import LineFormField
from schools.models import Membership, School, User
from schools.slugs import free_slug

RULES_FOR_PASSWORDS = "至少 10 个字符。不能全是数字，不能是常见密码，也不能与账号或姓名相近。建议用几个不相干的词组成。"


def changes_of(form) -> dict:
    """What a bound ModelForm changes, by label, as ``[before, after]`` in words: the detail of an audit event."""
    return {
        str(form.fields[name].label): [
            _in_words(form.fields[name], form.get_initial_for_field(form.fields[name], name)),
            _in_words(form.fields[name], form.cleaned_data.get(name)),
        ]
        for name in form.changed_data
    }


def _in_words(field, value) -> str:
    """A value as a reader of the audit trail sees it; the label of a choice."""
    if isinstance(field, forms.TypedChoiceField) and value:
        value = dict(field.choices).get(value, value)
    return "" if value is None else str(value)


def keeps(form, save) -> bool:
    """Do ``save()``, a change checked by the valid ModelForm ``form``; False where somebody was faster, as by a double
    click: then nothing is changed and the form says what is taken now.
    """
    try:
        with transaction.atomic():
            save()
    except IntegrityError:
        form.full_clean()
        if form.is_valid():
            raise
        return False
    return True


class SignInForm(AuthenticationForm):
    """账号 and password."""

    error_messages = {
        "invalid_login": "账号或密码不正确，请核对后重试。连续输错 5 次，将暂停登录 15 分钟。",
        "inactive": "这个账号已停用。",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "账号"
        self.fields["username"].error_messages["required"] = "请填写账号。"
        # Django notes the length on the field only; whoever logs the failure would be given all of it.
        longest = self.fields["username"].max_length
        self.fields["username"].validators.append(MaxLengthValidator(longest, f"账号最多 {longest} 个字符，请核对。"))
        self.fields["password"].error_messages["required"] = "请填写密码。"


class _NewPassword:
    """Labels and rules of a new password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = RULES_FOR_PASSWORDS
        self.fields["new_password1"].label = "新密码"
        self.fields["new_password2"].label = "再输入一次新密码"
        self.fields["new_password2"].help_text = ""
        self.error_messages = self.error_messages | {"password_mismatch": "两次输入的密码不一样。"}


class NewPasswordForm(_NewPassword, SetPasswordForm):
    """A password set through a link."""


class ChangePasswordForm(_NewPassword, PasswordChangeForm):
    """The own password, with the old one."""

    error_messages = PasswordChangeForm.error_messages | {"password_incorrect": "现在的密码不正确。"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "现在的密码"


class ChooseOrganisationForm(forms.Form):
    """One of the person's own memberships."""

    membership = forms.ModelChoiceField(
        Membership.objects.none(), error_messages={"invalid_choice": "这项任职已经停用，请重新选择。"}
    )

    def __init__(self, *args, memberships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = memberships


class PersonForm(forms.ModelForm):
    """Name and mail address of a person."""

    class Meta:
        model = User
        fields = ["name", "email"]


class NewPersonForm(PersonForm):
    """A person who is invited."""

    username = UsernameField(
        label="账号",
        max_length=150,
        validators=User._meta.get_field("username").validators,
        help_text="登录时使用，建议用姓名拼音或工号。可用字母、数字和 @ . + - _，建立后不能修改。",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta(PersonForm.Meta):
        fields = ["name", "username", "email"]

    def clean_username(self):
        # Two accounts that differ in the case of a letter alone are mistaken for each other.
        username = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("这个账号名已被使用，请换一个。如果是同一个人，请在其账号页面增加任职。")
        return username


class MembershipForm(forms.ModelForm):
    """A role in the province's office or in one of its schools."""

    class Meta:
        model = Membership
        fields = ["role", "school"]
        help_texts = {"school": "填报人和分管领导须选择学校；审核人和省级管理员不必选择。"}

    def __init__(self, *args, province, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.province = province
        if user is not None:
            self.instance.user = user
        schools = Q(is_active=True) | Q(pk=self.instance.school_id)
        self.fields["school"].queryset = School.objects.filter(schools, province=province).order_by("slug")
        self.fields["school"].empty_label = "（请选择）"
        self.fields["role"].choices = [("", "（请选择）"), *Role.choices]

    def clean(self):
        cleaned = super().clean()
        role, school = cleaned.get("role"), cleaned.get("school")
        if role in SCHOOL_ROLES and "school" in cleaned and school is None:
            self.add_error("school", f"请选择{Role(role).label}所属的学校。")
        if role in PROVINCE_ROLES:
            cleaned["school"] = school = None
        # The form has no field for it; the constraint pairs role and organisation.
        self.instance.province = self.province if role in PROVINCE_ROLES else None
        if role and not self.errors and self.instance.user_id:
            same = Membership.objects.filter(
                user=self.instance.user_id, role=role, school=school, province=self.instance.province
            )
            if same.exclude(pk=self.instance.pk).exists():
                raise forms.ValidationError("此人已有相同的任职。如果已停用，请直接恢复。")
        return cleaned


class SchoolForm(forms.ModelForm):
    """A school of the own province. Its address is given once: links from elsewhere must go on working."""

    class Meta:
        model = School
        fields = ["name", "slug", "code", "city", "level", "ownership"]
        labels = {"slug": "网址名称"}
        help_texts = {
            "name": "全称，与学校公章一致。",
            "slug": "显示在公开报告的网址中，用小写字母、数字和连字符，例如 hunan-daxue。"
            "不填则按校名拼音生成；建立后不能修改。",
        }
        error_messages = {
            "name": {"unique": "已有同名的学校。"},
            "slug": {"unique": "这个网址名称已被另一所学校使用，请换一个。"},
            "code": {"unique": "这个学校标识码已属于另一所学校，请核对。"},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        for name in ("level", "ownership"):
            self.fields[name].choices = [("", "（请选择）"), *School._meta.get_field(name).choices]
        if self.instance.pk:
            del self.fields["slug"]

    def clean_slug(self):
        return self.cleaned_data["slug"].lower()

    def clean(self):
        cleaned = super().clean()
        if not self.instance.pk and not cleaned.get("slug") and "slug" not in self.errors and cleaned.get("name"):
            cleaned["slug"] = free_slug(cleaned["name"])
        return cleaned


class SearchForm(forms.Form):
    """What a list is narrowed down to; an unknown value narrows nothing."""

    q = LineFormField(label="查找", required=False, max_length=60)


class SchoolSearchForm(SearchForm):
    """Schools by name, address, code or city, and whether they take part."""

    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), ("active", "参加填报"), ("inactive", "已停用")]
    )

    def narrow(self, schools):
        """The schools that were asked for."""
        words, state = _asked(self, "q", "state")
        if words:
            schools = schools.filter(
                Q(name__icontains=words) | Q(slug__icontains=words) | Q(code=words) | Q(city__icontains=words)
            )
        return schools.filter(is_active=state == "active") if state else schools


class AccountSearchForm(SearchForm):
    """Accounts by name, account or school, by role and by how they stand."""

    role = forms.ChoiceField(label="角色", required=False, choices=[("", "全部"), *Role.choices])
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), ("active", "正常"), ("invited", "待启用"), ("inactive", "已停用")],
    )

    def narrow(self, people, memberships):
        """The people who were asked for; ``memberships`` are those of the province."""
        words, role, state = _asked(self, "q", "role", "state")
        if words:
            at_school = memberships.filter(school__name__icontains=words).values("user")
            people = people.filter(Q(name__icontains=words) | Q(username__icontains=words) | Q(pk__in=at_school))
        if role:
            people = people.filter(pk__in=memberships.filter(role=role, is_active=True).values("user"))
        if state == "inactive":
            people = people.filter(is_active=False)
        elif state:
            people = people.filter(NEVER_ACTIVATED if state == "invited" else ~NEVER_ACTIVATED, is_active=True)
        return people


def _asked(form, *names):
    form.is_valid()
    return (form.cleaned_data.get(name, "").strip() for name in names)
