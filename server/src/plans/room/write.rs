//! Writing: right, text, commit, and only then everybody else.

use super::*;

/// Updates are folded into the whole document when they are this many, or a quarter of its size and this many bytes more.
const FOLD_UPDATES: usize = 500;
const FOLD_BYTES: usize = 16 * 1024;
/// How often one change is tried when the case changes under it.
const TRIES: usize = 3;
/// The text is kept as a version before it is written in after a pause of this many seconds, and when it was written in for
/// this many seconds since the newest version.
const PAUSE: i64 = 30 * 60;
const LONG: i64 = 2 * 60 * 60;

impl Room {
    /// What several people wrote.
    pub(super) async fn write(&mut self, updates: Vec<(u64, Bytes)>) -> Result<(), Over> {
        let authors: BTreeSet<u64> =
            updates.iter().filter(|(_, update)| update != NOTHING).map(|(id, _)| *id).collect();
        let permits = self.may_write(&authors).await?;
        let before = self.to_be_kept();
        let mut change = PlanChange { sequence: self.sequence + 1, before, ..PlanChange::default() };
        let mut parts: Vec<Vec<u8>> = Vec::new();
        let (mut wrote, mut served) = (Vec::new(), Vec::new());
        let mut taken = 0;
        let mut talked = false;
        for (id, bytes) in updates {
            let Some(connection) = self.connections.get(&id) else { continue };
            if bytes == NOTHING {
                // Asked for what it has, a window that has nothing new says so: that is not writing.
                served.push(id);
                continue;
            }
            if !permits.contains_key(&id) {
                continue;
            }
            taken += bytes.len();
            if self.whole_size + self.bytes_since_whole + taken > LARGEST {
                self.end(id, Ended::TooLarge);
                continue;
            }
            let person = connection.asker.person.id;
            let applied = match self.document.apply(&bytes, person, connection.client) {
                Ok(Ok(applied)) => applied,
                Ok(Err(refused)) => {
                    self.refuse(id, code(refused)).await?;
                    continue;
                }
                Err(broken) => {
                    tracing::error!(case = %self.case, %broken, "a plan is read anew");
                    self.refuse(id, "malformed").await?;
                    return Err(Over(Ended::Again));
                }
            };
            let Applied { update, client, first, sections, comments } = applied;
            talked |= comments;
            if let Some(connection) = self.connections.get_mut(&id) {
                connection.client = connection.client.or(client);
            }
            if let Some(client) = client.filter(|_| first) {
                change.clients.push((client, person));
            }
            for section in sections {
                change.sections.retain(|(known, _)| *known != section);
                change.sections.push((section, person));
            }
            if let Some(update) = update {
                parts.push(update);
                wrote.push(id);
            }
            served.push(id);
        }
        if !parts.is_empty() {
            change.update = merged(parts).ok_or(Over(Ended::Again))?;
            if !change.sections.is_empty() {
                let interventions = self.document.interventions();
                if interventions != self.interventions {
                    self.interventions.clone_from(&interventions);
                    change.interventions = Some(interventions);
                }
            }
            if talked {
                let mentions = self.document.mentions();
                change.mentioned = mentions.difference(&self.mentions).copied().collect();
                change.unmentioned = self.mentions.difference(&mentions).copied().collect();
                self.mentions = mentions;
            }
            let frame = protocol::update(&change.update);
            let version = self.make_durable(permits, change, &wrote).await?;
            if version != self.version {
                self.decide_anew().await?;
                self.version = version;
            }
            // Who alone wrote all of it has it already.
            wrote.dedup();
            let alone = if wrote.len() == 1 { wrote.first().copied() } else { None };
            self.send_to_all(frame, alone);
        } else if !permits.is_empty() {
            // Nothing was written that proves that the decisions stand.
            self.look_at_rights(false).await?;
        }
        served.sort_unstable();
        for group in served.chunk_by(|one, other| one == other) {
            let Some(connection) = self.connections.get_mut(&group[0]) else { continue };
            connection.messages += group.len() as u64;
            let frame = protocol::durable(connection.messages);
            self.send(group[0], frame);
        }
        Ok(())
    }

    /// The text as it stands, when it is to be kept as a version before somebody writes on.
    fn to_be_kept(&self) -> Option<KeptText> {
        let changed_at = self.changed_at.filter(|at| self.versioned.is_none_or(|versioned| *at > versioned))?;
        let now = self.vault.clock().now();
        let paused = now >= changed_at.plus_seconds(PAUSE);
        let long = self.unversioned_since.is_some_and(|since| now >= since.plus_seconds(LONG));
        (paused || long).then(|| kept(&self.document))
    }

    /// Remembers when the text was changed, and what of it is in a version.
    fn note_time(&mut self, change: &PlanChange) {
        let now = self.vault.clock().now();
        if change.before.is_some() {
            (self.versioned, self.unversioned_since) = (self.changed_at, None);
        }
        if !change.sections.is_empty() {
            self.changed_at = Some(now);
            self.unversioned_since.get_or_insert(now);
        }
    }

    /// Makes a change durable that these authors have a part in; answers in which version of the case.
    async fn make_durable(
        &mut self,
        mut permits: BTreeMap<u64, Permit<act::Edit, of::Plan>>,
        mut change: PlanChange,
        authors: &[u64],
    ) -> Result<i64, Over> {
        self.since_whole += 1;
        self.bytes_since_whole += change.update.len() + SEAL;
        let folds = self.since_whole >= FOLD_UPDATES || self.bytes_since_whole > self.whole_size / 4 + FOLD_BYTES;
        if folds {
            change.whole = Some(self.document.whole());
        }
        let authors: BTreeSet<u64> = authors.iter().copied().collect();
        for _ in 0..TRIES {
            let version = permits.values().next().map_or(self.version, |permit| permit.granted().version);
            match self.vault.plans.append(permits.into_values().collect(), &change, &mut self.pen).await {
                Ok(Appended::Done) => {
                    self.note_time(&change);
                    self.sequence = change.sequence;
                    if let Some(whole) = &change.whole {
                        (self.since_whole, self.bytes_since_whole, self.whole_size) = (0, 0, whole.len());
                    }
                    return Ok(version);
                }
                Ok(Appended::CaseChanged) => {
                    self.standing.fall();
                    permits = self.may_write(&authors).await?;
                    if permits.len() < authors.len() {
                        // Text of somebody who may not write any more is in memory, and nowhere else.
                        // Whoever may not read any more either is told that before all come back.
                        self.decide_anew().await?;
                        return Err(Over(Ended::Again));
                    }
                }
                Err(error) => {
                    // What is in memory is not what is durable: everybody comes back and finds what is.
                    tracing::error!(case = %self.case, %error, "a plan could not be written");
                    return Err(Over(Ended::Unavailable));
                }
            }
        }
        Err(Over(Ended::Again))
    }

    /// Leave to write for each of these; who has none is told, and goes on reading if they still may.
    async fn may_write(&mut self, authors: &BTreeSet<u64>) -> Result<BTreeMap<u64, Permit<act::Edit, of::Plan>>, Over> {
        let of = |id: &u64| self.connections.get(id).map(|connection| (*id, connection.asker.clone()));
        let (ids, askers): (Vec<u64>, Vec<Asker>) = authors.iter().filter_map(of).unzip();
        let mut permits = BTreeMap::new();
        if ids.is_empty() {
            return Ok(permits);
        }
        let decided = self.vault.gate.edit_plan(&askers, &mut self.standing).await;
        let decided = decided.map_err(|error| down(self.case, &error))?;
        for (id, decided) in ids.into_iter().zip(decided) {
            match decided {
                Ok(permit) => drop(permits.insert(id, permit)),
                Err(Denied::Vault(error)) => return Err(down(self.case, &error)),
                Err(Denied::NotAllowed) => self.now_reads_only(id),
                Err(Denied::NotFound | Denied::PurposeNeeded(_) | Denied::FreshNeeded) => {
                    self.end(id, Ended::Forbidden)
                }
            }
        }
        Ok(permits)
    }

    pub(super) fn now_reads_only(&mut self, id: u64) {
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.may_write = false;
        }
        self.send(id, protocol::notice("read-only"));
    }
}

/// Several updates as one.
fn merged(mut parts: Vec<Vec<u8>>) -> Option<Vec<u8>> {
    match parts.len() {
        1 => parts.pop(),
        _ => yrs::merge_updates_v1(parts).ok(),
    }
}
