//! Staff, departments, phenomena and the processing register. Staff names are sealed too: staff are data subjects.
//! Colleagues may know each other, so reading them needs no permit.

use super::rows::{Place, joined};
use crate::{
    error::VaultResult,
    on_db,
    vault::{Core, INSTALLATION},
};
use plein_domain::{ids::*, people::*, ports::Phenomenon, purpose::*};
use std::sync::Arc;
use uuid::Uuid;

const NAME: &str = "people.name";

/// Staff, departments, phenomena and the register.
#[derive(Clone)]
pub struct Directory {
    core: Arc<Core>,
}

/// Somebody to be entered.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Their identity.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Where they work.
    pub department: DepartmentId,
    /// What they may do.
    pub roles: Vec<Role>,
}

type PersonRow = (Uuid, Vec<u8>, Uuid, String, String);

pub(super) type PurposeRow =
    (Uuid, String, String, String, String, String, String, Option<i64>, String, String, Option<String>, bool);

impl Directory {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }

    /// Everybody, in the order they were entered.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn people(&self) -> VaultResult<Vec<Person>> {
        let rows: Vec<PersonRow> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT p.id, p.name, p.department, d.name, p.roles FROM people p \
                 JOIN departments d ON d.id = p.department ORDER BY d.position, p.position, p.id",
            )
            .fetch_all(pool)
            .await?
        });
        self.open(rows).await
    }

    /// One person.
    ///
    /// # Errors
    /// A database is out of reach.
    pub async fn person(&self, id: PersonId) -> VaultResult<Option<Person>> {
        let rows: Vec<PersonRow> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT p.id, p.name, p.department, d.name, p.roles FROM people p \
                 JOIN departments d ON d.id = p.department WHERE p.id = $1",
            )
            .bind(id.0)
            .fetch_all(pool)
            .await?
        });
        Ok(self.open(rows).await?.pop())
    }

    async fn open(&self, rows: Vec<PersonRow>) -> VaultResult<Vec<Person>> {
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        rows.into_iter()
            .map(|(id, cell, department, department_name, roles)| {
                Ok(Person {
                    id: PersonId(id),
                    name: Place("people", "name", id).text(&key.open((NAME, id), &cell)?)?,
                    department: Department { id: DepartmentId(department), name: department_name },
                    roles: Place("people", "roles", id).codes(&roles, Role::from_code)?,
                })
            })
            .collect()
    }

    /// The departments.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn departments(&self) -> VaultResult<Vec<Department>> {
        let rows: Vec<(Uuid, String)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT id, name FROM departments ORDER BY position, id").fetch_all(pool).await?
        });
        Ok(rows.into_iter().map(|(id, name)| Department { id: DepartmentId(id), name }).collect())
    }

    /// The phenomena.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn phenomena(&self) -> VaultResult<Vec<Phenomenon>> {
        let rows: Vec<(String, String, String)> = on_db!(&self.core.content, |pool| {
            sqlx::query_as("SELECT code, nl, en FROM phenomena ORDER BY position, code").fetch_all(pool).await?
        });
        Ok(rows.into_iter().map(|(code, nl, en)| Phenomenon { code, nl, en }).collect())
    }

    /// The processing register.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn purposes(&self) -> VaultResult<Vec<Purpose>> {
        let rows: Vec<PurposeRow> = on_db!(&self.core.content, |pool| {
            sqlx::query_as(
                "SELECT id, main_process, sub_process, name, description, legal_basis, legal_reference, \
                 retention_months, categories, valid_from, valid_until, for_cases FROM purposes \
                 ORDER BY position, id",
            )
            .fetch_all(pool)
            .await?
        });
        rows.into_iter().map(purpose).collect()
    }

    /// Enters a department.
    ///
    /// # Errors
    /// The database is out of reach, or the id is taken.
    pub async fn add_department(&self, department: &Department, position: i64) -> VaultResult<()> {
        on_db!(&self.core.content, |pool| {
            sqlx::query("INSERT INTO departments (id, name, position) VALUES ($1, $2, $3)")
                .bind(department.id.0)
                .bind(&department.name)
                .bind(position)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Enters a phenomenon.
    ///
    /// # Errors
    /// The database is out of reach, or the code is taken.
    pub async fn add_phenomenon(&self, phenomenon: &Phenomenon, position: i64) -> VaultResult<()> {
        on_db!(&self.core.content, |pool| {
            sqlx::query("INSERT INTO phenomena (code, nl, en, position) VALUES ($1, $2, $3, $4)")
                .bind(&phenomenon.code)
                .bind(&phenomenon.nl)
                .bind(&phenomenon.en)
                .bind(position)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Enters a person.
    ///
    /// # Errors
    /// A database is out of reach, or the id is taken.
    pub async fn add_person(&self, person: &NewPerson, position: i64) -> VaultResult<()> {
        let key = self.core.keyring.key(INSTALLATION.0, INSTALLATION.1).await?;
        on_db!(&self.core.content, |pool| {
            sqlx::query("INSERT INTO people (id, department, roles, name, position) VALUES ($1, $2, $3, $4, $5)")
                .bind(person.id.0)
                .bind(person.department.0)
                .bind(joined(&person.roles, Role::code))
                .bind(key.seal((NAME, person.id.0), &person.name))
                .bind(position)
                .execute(pool)
                .await?;
        });
        Ok(())
    }

    /// Configures who reviews what a data protection officer did; answers whether this person can be that: neither a data
    /// protection officer nor an administrator.
    ///
    /// # Errors
    /// The database is out of reach.
    pub async fn set_reviewer_of_fg(&self, person: PersonId) -> VaultResult<bool> {
        let independent = |one: &Person| !one.is(Role::Fg) && !one.is(Role::Administrator);
        if !self.person(person).await?.as_ref().is_some_and(independent) {
            return Ok(false);
        }
        on_db!(&self.core.content, |pool| {
            sqlx::query(
                "INSERT INTO review_of_fg (one, person) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET person = $1",
            )
            .bind(person.0)
            .execute(pool)
            .await?;
        });
        Ok(true)
    }

    /// Enters a purpose into the register.
    ///
    /// # Errors
    /// The database is out of reach, or the id is taken.
    pub async fn add_purpose(&self, purpose: &Purpose, position: i64) -> VaultResult<()> {
        on_db!(&self.core.content, |pool| {
            sqlx::query(
                "INSERT INTO purposes (id, main_process, sub_process, name, description, legal_basis, \
                 legal_reference, retention_months, categories, valid_from, valid_until, for_cases, position) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            )
            .bind(purpose.id.0)
            .bind(&purpose.main_process)
            .bind(&purpose.sub_process)
            .bind(&purpose.name)
            .bind(&purpose.description)
            .bind(purpose.legal_basis.code())
            .bind(&purpose.legal_reference)
            .bind(purpose.retention_months.map(i64::from))
            .bind(joined(&purpose.categories, DataCategory::code))
            .bind(purpose.valid_from.to_string())
            .bind(purpose.valid_until.map(|day| day.to_string()))
            .bind(purpose.for_cases)
            .bind(position)
            .execute(pool)
            .await?;
        });
        Ok(())
    }
}

pub(super) fn purpose(row: PurposeRow) -> VaultResult<Purpose> {
    let (
        id,
        main_process,
        sub_process,
        name,
        description,
        basis,
        legal_reference,
        months,
        categories,
        from,
        until,
        for_cases,
    ) = row;
    let at = |column| Place("purposes", column, id);
    Ok(Purpose {
        id: PurposeId(id),
        main_process,
        sub_process,
        name,
        description,
        legal_basis: at("legal_basis").need(LegalBasis::from_code(&basis))?,
        legal_reference,
        retention_months: months.map(|months| at("retention_months").need(u32::try_from(months).ok())).transpose()?,
        categories: at("categories").codes(&categories, DataCategory::from_code)?,
        valid_from: at("valid_from").day(&from)?,
        valid_until: until.map(|day| at("valid_until").day(&day)).transpose()?,
        for_cases,
    })
}
