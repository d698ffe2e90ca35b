//! Decisions by Cedar policy, over headers only. The policies stand in `vault/policies/`, are validated against their
//! schema by a test and again at start, and every decision names the policies that made it.

use crate::error::{VaultError, VaultResult};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression, Schema, ValidationMode, Validator,
};
use plein_domain::{
    header::{BreakGlassHeader, CaseHeader, NoteHeader, ProposalHeader, SignalHeader},
    ids::*,
    people::Person,
    permission::{Action, Policy},
    purpose::StatedPurpose,
};
use std::{
    collections::{HashMap, HashSet},
    fmt::Display,
    str::FromStr,
};

mod matrix;

const POLICIES: &str = include_str!("../policies/plein.cedar");
const SCHEMA: &str = include_str!("../policies/plein.cedarschema");

/// What is asked for.
pub(crate) enum Resource<'a> {
    Signal(&'a SignalHeader),
    Case(&'a CaseHeader),
    Note(&'a NoteHeader),
    Draft {
        id: DraftId,
        author: PersonId,
    },
    View {
        id: ViewId,
        owner: PersonId,
    },
    Import {
        id: ImportId,
        author: PersonId,
    },
    Department(DepartmentId),
    LookUp {
        id: LookUpId,
        owner: PersonId,
    },
    BreakGlass(&'a BreakGlassHeader),
    /// Somebody, or who waits to become that.
    Person(PersonId),
    Proposal(&'a ProposalHeader),
    /// The list of what waits for a review, and who is configured to review data protection officers.
    Reviews {
        reviewer: Option<PersonId>,
    },
    Area,
}

/// What the policies say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub allowed: bool,
    pub policies: Vec<String>,
}

pub(crate) struct Policies {
    authorizer: Authorizer,
    set: PolicySet,
    names: HashMap<String, String>,
    types: Types,
}

struct Types {
    person: EntityTypeName,
    department: EntityTypeName,
    case: EntityTypeName,
    signal: EntityTypeName,
    note: EntityTypeName,
    draft: EntityTypeName,
    view: EntityTypeName,
    import: EntityTypeName,
    look_up: EntityTypeName,
    break_glass: EntityTypeName,
    proposal: EntityTypeName,
    area: EntityTypeName,
    action: EntityTypeName,
}

fn broken(what: &str) -> impl Fn(&dyn Display) -> VaultError + '_ {
    move |error| VaultError::Broken(format!("{what}: {error}"))
}

impl Policies {
    /// Reads the policies and holds them against their schema.
    pub(crate) fn load() -> VaultResult<Self> {
        let (schema, _) = Schema::from_cedarschema_str(SCHEMA).map_err(|e| broken("policy schema")(&e))?;
        let set = PolicySet::from_str(POLICIES).map_err(|e| broken("policies")(&e))?;
        let validation = Validator::new(schema).validate(&set, ValidationMode::Strict);
        if !validation.validation_passed() {
            return Err(broken("policies do not fit their schema")(&validation));
        }
        let mut names = HashMap::new();
        for policy in set.policies() {
            let name = policy.annotation("id").ok_or_else(|| broken("a policy has no @id")(&policy.id()))?;
            Policy::from_code(name).ok_or_else(|| broken("a policy has no name that people read")(&name))?;
            names.insert(policy.id().to_string(), name.to_owned());
        }
        let kind = |name: &str| EntityTypeName::from_str(name).map_err(|e| broken("entity type")(&e));
        let types = Types {
            person: kind("Person")?,
            department: kind("Department")?,
            case: kind("Case")?,
            signal: kind("Signal")?,
            note: kind("Note")?,
            draft: kind("Draft")?,
            view: kind("View")?,
            import: kind("Import")?,
            look_up: kind("LookUp")?,
            break_glass: kind("BreakGlass")?,
            proposal: kind("Proposal")?,
            area: kind("Area")?,
            action: kind("Action")?,
        };
        Ok(Self { authorizer: Authorizer::new(), set, names, types })
    }

    /// Decides. An error while deciding is a refusal.
    pub(crate) fn decide(
        &self,
        person: &Person,
        action: Action,
        resource: &Resource<'_>,
        stated: Option<StatedPurpose>,
    ) -> Verdict {
        self.ask(person, action, resource, stated).unwrap_or_else(|error| {
            tracing::error!(action = action.code(), %error, "a decision failed and counts as a refusal");
            Verdict { allowed: false, policies: vec!["decision-failed".into()] }
        })
    }

    fn ask(
        &self,
        person: &Person,
        action: Action,
        resource: &Resource<'_>,
        stated: Option<StatedPurpose>,
    ) -> VaultResult<Verdict> {
        let principal = uid(&self.types.person, person.id);
        let mut entities = vec![self.person(person)?];
        let asked = match resource {
            Resource::Signal(header) => {
                for link in &header.links {
                    // Its state decides nothing about its signals.
                    entities.push(self.case(link.case, link.coordinator, "", &link.team)?);
                }
                entities.push(self.signal(header)?);
                uid(&self.types.signal, header.id)
            }
            Resource::Case(header) => {
                entities.push(self.case(header.id, header.coordinator, header.state.code(), &header.team)?);
                uid(&self.types.case, header.id)
            }
            Resource::Note(note) => {
                let header = &note.case;
                entities.push(self.case(header.id, header.coordinator, header.state.code(), &header.team)?);
                let attributes = [
                    ("author", reference(&self.types.person, note.author)),
                    ("case", reference(&self.types.case, header.id)),
                ];
                entities.push(entity(uid(&self.types.note, note.id), attributes)?);
                uid(&self.types.note, note.id)
            }
            Resource::Draft { id, author } => {
                let author = reference(&self.types.person, *author);
                entities.push(entity(uid(&self.types.draft, id), [("author", author)])?);
                uid(&self.types.draft, id)
            }
            Resource::View { id, owner } => {
                let owner = reference(&self.types.person, *owner);
                entities.push(entity(uid(&self.types.view, id), [("owner", owner)])?);
                uid(&self.types.view, id)
            }
            Resource::Import { id, author } => {
                let author = reference(&self.types.person, *author);
                entities.push(entity(uid(&self.types.import, id), [("author", author)])?);
                uid(&self.types.import, id)
            }
            Resource::LookUp { id, owner } => {
                let owner = reference(&self.types.person, *owner);
                entities.push(entity(uid(&self.types.look_up, id), [("owner", owner)])?);
                uid(&self.types.look_up, id)
            }
            Resource::BreakGlass(header) => {
                entities.push(self.break_glass(header)?);
                uid(&self.types.break_glass, header.id)
            }
            Resource::Reviews { reviewer } => {
                let reviewer = reviewer.map(|person| ("reviewer", reference(&self.types.person, person)));
                entities.push(entity(uid(&self.types.area, "reviews"), reviewer)?);
                uid(&self.types.area, "reviews")
            }
            Resource::Person(id) => {
                let them = uid(&self.types.person, id);
                if *id != person.id {
                    // What they may do themselves decides nothing.
                    let nowhere = reference(&self.types.department, DepartmentId(uuid::Uuid::nil()));
                    let none = RestrictedExpression::new_set([]);
                    entities.push(entity(them.clone(), [("department", nowhere), ("roles", none)])?);
                }
                them
            }
            Resource::Proposal(header) => {
                let attributes = [
                    ("proposer", reference(&self.types.person, header.proposer)),
                    ("person", reference(&self.types.person, header.person)),
                ];
                entities.push(entity(uid(&self.types.proposal, header.id), attributes)?);
                uid(&self.types.proposal, header.id)
            }
            Resource::Department(id) => uid(&self.types.department, id),
            Resource::Area => uid(&self.types.area, "plein"),
        };
        let purpose = stated.map_or("", StatedPurpose::kind);
        let mut context = vec![("purpose".to_owned(), RestrictedExpression::new_string(purpose.to_owned()))];
        if let Some(case) = stated.and_then(StatedPurpose::case) {
            context.push(("case".to_owned(), reference(&self.types.case, case)));
            // A case that this thing does not touch still needs to be an entity: one without a team.
            if !entities.iter().any(|one| one.uid() == uid(&self.types.case, case)) {
                entities.push(self.case(case, PersonId(uuid::Uuid::nil()), "", &[])?);
            }
        }
        let context = Context::from_pairs(context).map_err(|e| broken("context")(&e))?;
        let entities = Entities::from_entities(entities, None).map_err(|e| broken("entities")(&e))?;
        let action = uid(&self.types.action, action.code());
        let request = Request::new(principal, action, asked, context, None).map_err(|e| broken("request")(&e))?;
        let response = self.authorizer.is_authorized(&request, &self.set, &entities);
        let reasons = response.diagnostics().reason();
        let mut policies: Vec<String> = reasons.filter_map(|id| self.names.get(&id.to_string()).cloned()).collect();
        policies.sort_unstable();
        Ok(Verdict { allowed: response.decision() == Decision::Allow, policies })
    }

    fn person(&self, person: &Person) -> VaultResult<Entity> {
        let roles = person.roles.iter().map(|role| RestrictedExpression::new_string(role.code().to_owned()));
        entity(
            uid(&self.types.person, person.id),
            [
                ("department", reference(&self.types.department, person.department.id)),
                ("roles", RestrictedExpression::new_set(roles)),
            ],
        )
    }

    fn case(&self, id: CaseId, coordinator: PersonId, state: &str, team: &[PersonId]) -> VaultResult<Entity> {
        let team = team.iter().map(|person| reference(&self.types.person, person));
        entity(
            uid(&self.types.case, id),
            [
                ("coordinator", reference(&self.types.person, coordinator)),
                ("state", RestrictedExpression::new_string(state.to_owned())),
                ("team", RestrictedExpression::new_set(team)),
            ],
        )
    }

    fn break_glass(&self, header: &BreakGlassHeader) -> VaultResult<Entity> {
        let mut attributes = vec![
            ("person", reference(&self.types.person, header.person)),
            ("open", RestrictedExpression::new_bool(header.open)),
            ("ofFg", RestrictedExpression::new_bool(header.of_fg)),
        ];
        attributes.extend(header.reviewer.map(|person| ("reviewer", reference(&self.types.person, person))));
        attributes.extend(header.purpose().case().map(|case| ("case", reference(&self.types.case, case))));
        entity(uid(&self.types.break_glass, header.id), attributes)
    }

    fn signal(&self, header: &SignalHeader) -> VaultResult<Entity> {
        let cases = header.links.iter().map(|link| reference(&self.types.case, link.case));
        entity(
            uid(&self.types.signal, header.id),
            [
                ("department", reference(&self.types.department, header.department)),
                ("state", RestrictedExpression::new_string(header.state.code().to_owned())),
                ("offers", RestrictedExpression::new_bool(!header.offered.is_empty())),
                ("cases", RestrictedExpression::new_set(cases)),
            ],
        )
    }
}

fn uid(kind: &EntityTypeName, id: impl Display) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id.to_string()))
}

fn reference(kind: &EntityTypeName, id: impl Display) -> RestrictedExpression {
    RestrictedExpression::new_entity_uid(uid(kind, id))
}

fn entity<'a>(
    uid: EntityUid,
    attributes: impl IntoIterator<Item = (&'a str, RestrictedExpression)>,
) -> VaultResult<Entity> {
    let attributes = attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Entity::new(uid, attributes, HashSet::new()).map_err(|e| broken("entity")(&e))
}
