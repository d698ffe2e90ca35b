//! Looking after a room: sessions end, roles and teams change, and whoever stays leaves a line every few minutes.

use super::*;

/// How often all rights are decided anew, whether or not the case changed.
const DECIDE: u32 = 30;
/// How often sessions are looked at, in looks.
const SESSIONS: u32 = 3;
/// One viewing line covers this much presence, in seconds.
const COVERS: i64 = 300;

impl Room {
    /// Looks at rights, sessions and the lines that presence needs.
    pub(super) async fn look(&mut self) -> Result<(), Over> {
        if self.connections.is_empty() {
            return Ok(());
        }
        self.looks = self.looks.wrapping_add(1);
        if !self.vault.ready().await {
            // Lines of the last five minutes cover what is shown now; but what cannot be logged must not go on.
            tracing::error!(case = %self.case, "a plan is closed while the log cannot be written");
            return Err(Over(Ended::Unavailable));
        }
        self.vault.plans.renew(&mut self.pen).await.map_err(|error| down(self.case, &error))?;
        self.look_at_rights(self.looks.is_multiple_of(DECIDE)).await?;
        if self.looks.is_multiple_of(SESSIONS) {
            self.look_at_sessions().await?;
        }
        let now = self.vault.clock().now();
        let due = |connection: &Connection| now >= connection.seen_at.plus_seconds(COVERS);
        let ids: Vec<u64> = self.connections.iter().filter(|(_, one)| due(one)).map(|(id, _)| *id).collect();
        for id in ids {
            let Some(asker) = self.connections.get(&id).map(|one| one.asker.clone()) else { continue };
            match self.vault.gate.view_plan(&asker, self.case, LineKind::StillOpen).await {
                Ok(permit) => {
                    if let Some(connection) = self.connections.get_mut(&id) {
                        connection.seen_at = permit.at();
                    }
                    drop(permit);
                }
                Err(Denied::Vault(error)) => return Err(down(self.case, &error)),
                Err(_) => self.end(id, Ended::Forbidden),
            }
        }
        Ok(())
    }

    /// Decides all rights anew when the case changed, or in any case.
    pub(super) async fn look_at_rights(&mut self, in_any_case: bool) -> Result<(), Over> {
        let version = match self.vault.cases.head(self.case).await {
            Ok(Some((header, ..))) => header.version,
            // The case is gone: so is the right to see it.
            Ok(None) => -1,
            Err(error) => return Err(down(self.case, &error)),
        };
        if version != self.version || in_any_case {
            self.decide_anew().await?;
            self.version = version;
        }
        Ok(())
    }

    pub(super) async fn decide_anew(&mut self) -> Result<(), Over> {
        let ids: Vec<u64> = self.connections.keys().copied().collect();
        for id in ids {
            let Some((asker, may_write)) = self.connections.get(&id).map(|one| (one.asker.clone(), one.may_write))
            else {
                continue;
            };
            match self.vault.gate.still_may_view_plan(&asker, self.case).await {
                Ok(now) if now == may_write => {}
                Ok(true) => {
                    if let Some(connection) = self.connections.get_mut(&id) {
                        connection.may_write = true;
                    }
                    let frame = protocol::has(&self.document.state_vector());
                    self.send(id, frame);
                }
                Ok(false) => self.now_reads_only(id),
                Err(Denied::Vault(error)) => return Err(down(self.case, &error)),
                Err(_) => self.end(id, Ended::Forbidden),
            }
        }
        Ok(())
    }

    pub(super) async fn look_at_sessions(&mut self) -> Result<(), Over> {
        let mut changed = false;
        let ids: Vec<u64> = self.connections.keys().copied().collect();
        for id in ids {
            let Some(connection) = self.connections.get_mut(&id) else { continue };
            let active = std::mem::take(&mut connection.active);
            let session = connection.asker.session;
            let person = connection.asker.person.id;
            match sessions::stands(&self.vault, self.limits, session, active).await {
                Ok(true) => {}
                Ok(false) => {
                    self.end(id, Ended::SignedOut);
                    continue;
                }
                Err(error) => return Err(down(self.case, &error)),
            }
            // Roles and department are as they are now, not as they were at the door.
            match self.vault.directory.person(person).await.map_err(|error| down(self.case, &error))? {
                None => self.end(id, Ended::SignedOut),
                Some(person) => {
                    if let Some(connection) = self.connections.get_mut(&id).filter(|one| one.asker.person != person) {
                        connection.asker.person = person;
                        changed = true;
                    }
                }
            }
        }
        if changed { self.decide_anew().await } else { Ok(()) }
    }
}
