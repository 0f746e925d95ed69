"""The admin's pages of vacancies beside its forms; `vacancies.admin` lets in only who works in the admin."""
