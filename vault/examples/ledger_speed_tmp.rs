//! temporary
use plein_domain::{header::*, ids::*, ledger::*, moment::*};
use plein_vault::{db::*, keyring::*, ledger::*};
use std::sync::{Arc, atomic::*};
use std::time::*;
use uuid::Uuid;
struct C; impl Clock for C { fn now(&self) -> Moment { Moment(1_795_435_200_000_000) } }
struct E; impl Entropy for E { fn fill(&self, b: &mut [u8]) { getrandom::fill(b).unwrap() } }
fn line() -> Line { let e = E; Line { event: random_id(&e), at: C.now(), trace: random_id(&e), kind: LineKind::Opened, outcome: Outcome::Permitted, payload: Payload {
 actor: PersonId(Uuid::from_u128(rand()%300)), actor_name: "Willemina van der Zwaluw".into(), department: DepartmentId(Uuid::from_u128(rand()%10)), department_name: "Vergunningen".into(), role: "coordinator,member".into(), user_is_requestor: true,
 objects: vec![ObjectRef{kind: ObjectKind::Signal, id: Uuid::from_u128(rand()%20000)}], case: Some(random_id(&e)), purpose: "intake".into(), reason: "".into(), policies: vec!["member-sees-own".into()], network: "10.1.2.3".into() } } }
fn rand() -> u128 { let mut b=[0;8]; getrandom::fill(&mut b).unwrap(); u64::from_le_bytes(b) as u128 }
#[tokio::main]
async fn main() {
  let url = std::env::args().nth(1);
  let dir = std::path::PathBuf::from("/tmp/ledger-pg/speed"); let _=std::fs::remove_dir_all(&dir); std::fs::create_dir_all(&dir).unwrap();
  let t = |n: &str| match &url { Some(u) => Target::Postgres{url:u.clone(), schema:n.into()}, None => Target::Sqlite(dir.join(format!("{n}.db"))) };
  let k = Arc::new(Keyring::open(Db::connect(&t("keyring"), keyring_migrations()).await.unwrap(), MasterKey::from_bytes(&[1;32]).unwrap(), Arc::new(E), Arc::new(C)).await.unwrap());
  let l = Arc::new(Ledger::open(t("ledger"), k, Arc::new(C), Arc::new(E)).await.unwrap());
  for (flight, per) in std::env::var("MIX").map(|m| vec![(m.parse().unwrap(), 1usize)]).unwrap_or(vec![(1usize,1usize),(64,1),(512,1),(4,512)]) {
    let n = Arc::new(AtomicU64::new(0)); let began = Instant::now(); let mut js = tokio::task::JoinSet::new();
    for _ in 0..flight { let (l,n)=(l.clone(),n.clone()); js.spawn(async move { while began.elapsed() < Duration::from_secs(3) { let ls: Vec<_> = (0..per).map(|_| line()).collect(); l.append(ls).await.unwrap(); n.fetch_add(per as u64, Ordering::Relaxed); } }); }
    js.join_all().await;
    println!("{flight} in flight x {per}: {:.0} lines/s", n.load(Ordering::Relaxed) as f64 / began.elapsed().as_secs_f64());
  }
}
