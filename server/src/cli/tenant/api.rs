//! Through a server, by its API.

use bitting_client::{
    Error,
    keys::types::{self, FirstKey, Member},
};
use bitting_core::{CompanyId, DisplayName, Role};

use super::{ANOTHER_MEMBER, Failure, another_admin};
use crate::cli::{
    printed::Printed,
    remote::{Remedies, Remote},
};

impl Remote {
    pub(in crate::cli) async fn create_company(
        &self,
        name: &DisplayName,
        member_name: &DisplayName,
    ) -> Result<(), Failure> {
        let body = types::CompanyCreate::builder()
            .name(name.as_str())
            .member_name(member_name.as_str().to_owned());
        let made = self.keys.company_create().body(body).send().await;
        let lost = "look whether the company is there, and make another admin of it with `bitting member create`";
        let made =
            made.map_err(|error| self.failure(error.into(), &Remedies::of_a_secret(lost)))?;
        let made = made.into_inner();
        let remedy = another_admin(&made.company.id);
        self.print(made.company.id.as_str(), made.member, made.key, &remedy)
    }

    pub(in crate::cli) async fn create_member(
        &self,
        company: CompanyId,
        name: &DisplayName,
        role: Role,
    ) -> Result<(), Failure> {
        let role: types::Role = role.name().parse()?;
        let body = types::MemberCreate::builder()
            .name(name.as_str())
            .role(role);
        let company = company.to_string();
        let create = self
            .keys
            .member_create()
            .company(company.as_str())
            .body(body);
        let made = create.send().await.map_err(|error| {
            let error = Error::from(error);
            if error.is_not_found() && error.code().is_some() {
                let url = &self.url;
                return Failure(format!(
                    "{url} knows no company {company}, or none that the key may see; make one with `bitting \
                     company create NAME`, or name another with --company"
                ));
            }
            self.failure(error, &Remedies::of_a_secret(ANOTHER_MEMBER))
        })?;
        let made = made.into_inner();
        self.print(&company, Some(made.member), made.key, ANOTHER_MEMBER)
    }

    fn print(
        &self,
        company: &str,
        member: Option<Member>,
        key: Option<FirstKey>,
        remedy: &str,
    ) -> Result<(), Failure> {
        let (Some(member), Some(key)) = (member, key) else {
            let url = &self.url;
            return Err(Failure(format!("{url} made no key; {remedy}")));
        };
        let printed = Printed {
            company_id: company.to_owned(),
            member_id: member.id.to_string(),
            key_id: key.id.to_string(),
            secret: key.secret.expose(),
        };
        printed.print(remedy)
    }
}
