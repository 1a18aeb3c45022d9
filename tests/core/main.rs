//! Packs, matters, questions and scoring, without any front end.

#[path = "../small/mod.rs"]
mod small;
#[path = "../support/mod.rs"]
mod support;

mod brute_force;
mod examples;
mod formats_of_matters;
mod guide;
mod inbound;
mod layers;
mod neutral;
mod packs;
mod properties;
mod schema;
mod worked;
