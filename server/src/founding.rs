//! What an installation begins with before anybody is there.

use plein_domain::ports::Phenomenon;
use plein_vault::{VaultResult, store::Directory};

/// Code, Dutch name, English name. The list is the municipality's own, so its codes are Dutch.
const PHENOMENA: [(&str, &str, &str); 20] = [
    ("mensenhandel", "Mensenhandel en -smokkel", "Human trafficking and smuggling"),
    ("arbeidsuitbuiting", "Arbeidsuitbuiting", "Labour exploitation"),
    ("hennepteelt", "Hennepteelt", "Cannabis cultivation"),
    ("synthetische-drugs", "Synthetische drugs en drugsafval", "Synthetic drugs and drug waste"),
    ("drugshandel", "Drugshandel", "Drug trade"),
    ("vastgoedfraude", "Vastgoedfraude", "Property fraud"),
    ("adresfraude", "Adresfraude", "Address fraud"),
    ("witwassen", "Witwassen en financieel-economische criminaliteit", "Money laundering and financial-economic crime"),
    ("zorgfraude", "Zorgfraude", "Care fraud"),
    ("outlawmotorgangs", "Outlawmotorgangs", "Outlaw motorcycle gangs"),
    ("illegale-prostitutie", "Illegale prostitutie", "Illegal prostitution"),
    ("illegaal-gokken", "Illegaal gokken", "Illegal gambling"),
    ("intimidatie-en-afpersing", "Intimidatie en afpersing", "Intimidation and extortion"),
    ("autobranche", "Autobranche", "Car trade"),
    ("malafide-uitzendbureaus", "Malafide uitzendbureaus", "Rogue employment agencies"),
    ("buitengebied-en-kassen", "Buitengebied en kassen", "Rural area and greenhouses"),
    ("vakantieparken", "Vakantieparken", "Holiday parks"),
    ("wapens-en-explosieven", "Wapens en explosieven", "Weapons and explosives"),
    ("cybercrime", "Cybercrime", "Cybercrime"),
    ("inmenging-in-het-bestuur", "Inmenging in het bestuur", "Interference in government"),
];

/// Enters the phenomena that a municipality begins with, when there are none.
///
/// # Errors
/// The database is out of reach.
pub async fn phenomena(directory: &Directory) -> VaultResult<()> {
    if !directory.phenomena().await?.is_empty() {
        return Ok(());
    }
    for (position, (code, nl, en)) in (1..).zip(PHENOMENA) {
        let phenomenon = Phenomenon { code: code.into(), nl: nl.into(), en: en.into() };
        directory.add_phenomenon(&phenomenon, position).await?;
    }
    Ok(())
}
