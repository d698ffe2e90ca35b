//! A decision on writing in a plan stands only as long as the case does: the write itself proves it, on every node.

use crate::{
    common,
    common::*,
    drafting::{Drafting, Window, team},
    world::*,
};
use plein_domain::{ids::CaseId, ledger::LineKind, ports::Asker, purpose::StatedPurpose};
use plein_vault::{
    Denied, Permit, Standing, Vault, act, of,
    store::{Appended, Pen, PlanChange, PlanContent},
};

impl World {
    /// This person, having stated the purpose of this case.
    async fn drafter(&self, index: usize, case: CaseId) -> Asker {
        let asker = self.asker(index).await;
        self.ports.sessions.state_purpose(&asker, StatedPurpose::Case(case)).await.unwrap();
        self.again(&asker).await
    }
}

async fn leave(vault: &Vault, asker: &Asker, standing: &mut Standing) -> Result<Permit<act::Edit, of::Plan>, Denied> {
    vault.gate.edit_plan(std::slice::from_ref(asker), standing).await.unwrap().remove(0)
}

async fn content(vault: &Vault, asker: &Asker, case: CaseId) -> PlanContent {
    let permit = vault.gate.view_plan(asker, case, LineKind::Opened).await.unwrap();
    vault.plans.view(permit).await.unwrap().unwrap()
}

fn change(sequence: i64, section: &str, by: usize, whole: bool) -> PlanChange {
    PlanChange {
        sequence,
        update: vec![0, 0],
        sections: vec![(section.into(), person(by))],
        whole: whole.then(|| vec![0, 0]),
        ..PlanChange::default()
    }
}

both_engines! {
    async fn a_change_of_the_team_between_decision_and_write_refuses_the_write(engine: Engine) {
        let mut drafting = Drafting::on(engine.clone()).await;
        let (id, other) = (drafting.id(), World::reopen(engine).await);
        let anna = drafting.world.drafter(ANNA, id).await;
        let bram = drafting.world.drafter(BRAM, id).await;
        let (vault, mut pen) = (drafting.world.vault.clone(), Pen::default());
        let (mut here, mut there) = (Standing::of(id), Standing::of(id));
        let of_anna = leave(&vault, &anna, &mut here).await.unwrap();
        let on_another_node = leave(&other.vault, &anna, &mut there).await.unwrap();
        let with_more = leave(&vault, &anna, &mut here).await.unwrap();
        team(&mut drafting.carla, id, &[BRAM]).await;
        // A row alone, a transaction, and another node, which heard nothing: none of them writes.
        for (vault, permit, whole) in
            [(&vault, of_anna, false), (&vault, with_more, true), (&other.vault, on_another_node, false)]
        {
            let appended = vault.plans.append(vec![permit], &change(1, "goal", ANNA, whole), &mut pen).await.unwrap();
            assert_eq!(appended, Appended::CaseChanged);
        }
        let found = content(&vault, &bram, id).await;
        assert_eq!((found.sequence, found.sections.len()), (0, 0));
        // Here the yes fell with the change; there it still stands, and falls when the write is refused.
        assert!(matches!(leave(&vault, &anna, &mut here).await, Err(Denied::NotFound)));
        let stale = leave(&other.vault, &anna, &mut there).await.unwrap();
        let appended = other.vault.plans.append(vec![stale], &change(1, "goal", ANNA, false), &mut pen).await.unwrap();
        assert_eq!(appended, Appended::CaseChanged);
        let before = drafting.refusals(ANNA).await;
        there.fall();
        assert!(matches!(leave(&other.vault, &anna, &mut there).await, Err(Denied::NotFound)));
        assert_eq!(drafting.refusals(ANNA).await, before + 1);
        // Whoever stayed goes on.
        let permit = leave(&other.vault, &bram, &mut there).await.unwrap();
        let appended = other.vault.plans.append(vec![permit], &change(1, "goal", BRAM, false), &mut pen).await.unwrap();
        assert_eq!(appended, Appended::Done);
    }

    async fn a_yes_is_for_a_person_with_the_purposes_of_their_session(engine: Engine) {
        let drafting = Drafting::on(engine).await;
        let (id, vault) = (drafting.id(), drafting.world.vault.clone());
        let anna = drafting.world.drafter(ANNA, id).await;
        let mut standing = Standing::of(id);
        drop(leave(&vault, &anna, &mut standing).await.unwrap());
        let without = Asker { purposes: vec![StatedPurpose::Intake], ..anna.clone() };
        assert!(matches!(leave(&vault, &without, &mut standing).await, Err(Denied::PurposeNeeded(_))));
        let mut demoted = anna.clone();
        demoted.person.roles.clear();
        assert!(leave(&vault, &demoted, &mut standing).await.is_err());
        drop(leave(&vault, &anna, &mut standing).await.unwrap());
    }

    async fn who_changed_a_section_last_is_kept_before_and_after_folding(engine: Engine) {
        let drafting = Drafting::on(engine).await;
        let (id, vault) = (drafting.id(), drafting.world.vault.clone());
        let (anna, bram) = (drafting.world.drafter(ANNA, id).await, drafting.world.drafter(BRAM, id).await);
        let (mut standing, mut pen) = (Standing::of(id), Pen::default());
        for (sequence, section, whole) in [(1, "goal", false), (2, "situation", false), (3, "goal", true), (4, "barriers", false)] {
            let (asker, by) = if sequence % 2 == 1 { (&anna, ANNA) } else { (&bram, BRAM) };
            let permit = leave(&vault, asker, &mut standing).await.unwrap();
            let appended = vault.plans.append(vec![permit], &change(sequence, section, by, whole), &mut pen).await.unwrap();
            assert_eq!(appended, Appended::Done);
        }
        let found = content(&vault, &anna, id).await;
        let sections: Vec<_> = found.sections.iter().map(|(section, by, at)| (section.as_str(), *by, *at)).collect();
        assert_eq!(
            sections,
            [("barriers", person(BRAM), NOON), ("goal", person(ANNA), NOON), ("situation", person(BRAM), NOON)]
        );
        assert_eq!((found.since_whole, found.sequence), (1, 4));
    }

    async fn two_nodes_cannot_write_over_each_other(engine: Engine) {
        let drafting = Drafting::on(engine.clone()).await;
        let (id, other) = (drafting.id(), World::reopen(engine).await);
        let bram = drafting.world.drafter(BRAM, id).await;
        let (mut here, mut there) = (Standing::of(id), Standing::of(id));
        let (vault, mut pen) = (drafting.world.vault.clone(), Pen::default());
        let permit = leave(&vault, &bram, &mut here).await.unwrap();
        assert_eq!(vault.plans.append(vec![permit], &change(1, "goal", BRAM, false), &mut pen).await.unwrap(), Appended::Done);
        // The same place again, and then a place that was folded over.
        let permit = leave(&other.vault, &bram, &mut there).await.unwrap();
        assert!(other.vault.plans.append(vec![permit], &change(1, "goal", BRAM, false), &mut pen).await.is_err());
        let permit = leave(&vault, &bram, &mut here).await.unwrap();
        assert_eq!(vault.plans.append(vec![permit], &change(2, "goal", BRAM, true), &mut pen).await.unwrap(), Appended::Done);
        for whole in [false, true] {
            let permit = leave(&other.vault, &bram, &mut there).await.unwrap();
            assert!(other.vault.plans.append(vec![permit], &change(2, "goal", BRAM, whole), &mut pen).await.is_err());
        }
        // What failed leaves the way free for what follows.
        let permit = leave(&other.vault, &bram, &mut there).await.unwrap();
        assert_eq!(other.vault.plans.append(vec![permit], &change(3, "goal", BRAM, false), &mut pen).await.unwrap(), Appended::Done);
        assert_eq!(content(&vault, &bram, id).await.sequence, 3);
    }

    async fn who_was_taken_out_of_the_team_on_another_node_is_stopped_at_the_next_frame(engine: Engine) {
        let drafting = Drafting::on(engine.clone()).await;
        let mut anna = Window::open(drafting.address, &drafting.case, &drafting.anna, 501).await;
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 502).await;
        for window in [&mut anna, &mut bram] {
            window.until("the template", |one| one.text().contains("Situatie")).await;
            window.types(0, "een begin").await;
            window.until("durability", |one| one.sent > 1 && one.durable == one.sent).await;
        }
        let other = World::reopen(engine).await;
        let mut carla = other.browser(CARLA).await;
        carla.for_case(&drafting.case).await;
        team(&mut carla, drafting.id(), &[BRAM]).await;
        anna.types(0, "van wie er niet meer in zit").await;
        assert_eq!(anna.until_closed().await, 4403);
        assert!(anna.durable < anna.sent, "nothing of it is acknowledged");
        assert!(drafting.refusals(ANNA).await >= 1);
        // The others may have to come back, and find what is durable.
        let mut bram = Window::open(drafting.address, &drafting.case, &drafting.bram, 503).await;
        bram.until("the template", |one| one.text().contains("Situatie")).await;
        bram.types(0, "en verder").await;
        bram.until("durability", |one| one.sent > 1 && one.durable == one.sent).await;
        assert!(!bram.text().contains("van wie er niet meer in zit"));
        let page = carla.get(&format!("{}/plan", drafting.case)).await;
        assert!(page.text.contains("en verder") && !page.text.contains("van wie er niet meer in zit"));
    }
}
