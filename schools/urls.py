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
    path("schools/<int:pk>/", province.school, name="school"),
    path("schools/<int:pk>/edit/", province.school_edit, name="school_edit"),
    path("schools/<int:pk>/deactivate/", province.school_deactivate, name="school_deactivate"),
    path("schools/<int:pk>/reactivate/", province.school_reactivate, name="school_reactivate"),
    path("accounts/", province.people, name="accounts"),
    path("accounts/add/", province.person_add, name="account_add"),
    path("accounts/<int:pk>/", province.person, name="account"),
    path("accounts/<int:pk>/edit/", province.person_edit, name="account_edit"),
    path("accounts/<int:pk>/link/", province.person_link, name="account_link"),
    path("accounts/<int:pk>/deactivate/", province.person_deactivate, name="account_deactivate"),
    path("accounts/<int:pk>/reactivate/", province.person_reactivate, name="account_reactivate"),
    path("accounts/<int:pk>/roles/add/", province.membership_add, name="membership_add"),
    path("roles/<int:pk>/edit/", province.membership_edit, name="membership_edit"),
    path("roles/<int:pk>/end/", province.membership_end, name="membership_end"),
    path("roles/<int:pk>/restore/", province.membership_restore, name="membership_restore"),
]
