"""The addresses of signing in, and of a province's administration. ``disclosure.urls`` puts them in their places."""

from django.urls import path

from schools.views import accounts, province

accounts_patterns = [
    path("login/", accounts.login, name="login"),
    path("logout/", accounts.logout, name="logout"),
    path("password/", accounts.password_change, name="password_change"),
    path("activate/<str:uidb64>/<str:token>/", accounts.activate, name="activate"),
    path("organisation/", accounts.choose_organisation, name="choose_organisation"),
]

province_patterns = [
    path("", province.home, name="home"),
    path("schools/", province.schools, name="schools"),
    path("schools/add/", province.school_add, name="school_add"),
    path("schools/<whole:pk>/", province.school, name="school"),
    path("schools/<whole:pk>/edit/", province.school_edit, name="school_edit"),
    path("schools/<whole:pk>/deactivate/", province.school_deactivate, name="school_deactivate"),
    path("schools/<whole:pk>/reactivate/", province.school_reactivate, name="school_reactivate"),
    path("accounts/", province.people, name="accounts"),
    path("accounts/add/", province.person_add, name="account_add"),
    path("accounts/<whole:pk>/", province.person, name="account"),
    path("accounts/<whole:pk>/edit/", province.person_edit, name="account_edit"),
    path("accounts/<whole:pk>/link/", province.person_link, name="account_link"),
    path("accounts/<whole:pk>/deactivate/", province.person_deactivate, name="account_deactivate"),
    path("accounts/<whole:pk>/reactivate/", province.person_reactivate, name="account_reactivate"),
    path("accounts/<whole:pk>/roles/add/", province.membership_add, name="membership_add"),
    path("roles/<whole:pk>/edit/", province.membership_edit, name="membership_edit"),
    path("roles/<whole:pk>/end/", province.membership_end, name="membership_end"),
    path("roles/<whole:pk>/restore/", province.membership_restore, name="membership_restore"),
]
