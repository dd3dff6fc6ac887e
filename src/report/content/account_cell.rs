//! The cell of the account that a row of a register is about, in words.

use crate::place::Place;
use crate::register::AccountCell;

/// Whose spending, on what, for whom.
pub fn cell_in_words(cell: &AccountCell, place: &Place) -> String {
    let axes = place.axes();
    let mut words = vec![axes.activities.get(cell.activity).name.clone()];
    if let Some(partner) = cell.partner {
        words.insert(0, axes.partners.get(partner).name.clone());
    }
    words.push(match cell.ages.in_words() {
        all if all == "all ages" => all,
        some => format!("ages {some}"),
    });
    words.extend((cell.group).map(|group| axes.groups.get(group).name.clone()));
    words.join(", ")
}
