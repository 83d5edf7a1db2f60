"""Rules of passwords, in our own words where Django's are not in Chinese or name a field by another name."""

from django.contrib.auth import password_validation as django_rules


class LongEnough(django_rules.MinimumLengthValidator):
    """At least ``min_length`` characters."""

    def get_error_message(self):
        return f"密码太短，至少需要 {self.min_length} 个字符。"


class UnlikeThePerson(django_rules.UserAttributeSimilarityValidator):
    """Not like the account, the name or the mail address."""

    def __init__(self):
        super().__init__(user_attributes=("username", "name", "email"))

    def get_error_message(self):
        return "密码与账号、姓名或电子邮箱太相近。"
