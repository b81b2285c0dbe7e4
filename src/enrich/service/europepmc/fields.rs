//! The fields of a record of Europe PMC
//! ([`core` and `lite`](https://europepmc.org/docs/EBI_Europe_PMC_Web_Service_Reference.pdf)).

use serde::Deserialize;

use super::super::lenient;

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Record {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) id: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) source: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) title: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) author_string: String,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) author_list: AuthorList,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) journal_info: JournalInfo,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) book_or_report_details: Publisher,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) journal_title: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) journal_volume: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) issue: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) page_info: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) pub_year: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) first_publication_date: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) electronic_publication_date: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) abstract_text: String,
    #[serde(deserialize_with = "lenient::number")]
    pub(super) cited_by_count: Option<u64>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) keyword_list: KeywordList,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) mesh_heading_list: HeadingList,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) pub_type_list: TypeList,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) pub_type: String,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) comment_correction_list: CommentList,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AuthorList {
    #[serde(deserialize_with = "lenient::list")]
    pub(super) author: Vec<Author>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Author {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) full_name: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) first_name: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) last_name: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) initials: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) collective_name: String,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) author_id: AuthorId,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AuthorId {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) r#type: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) value: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct JournalInfo {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) volume: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) issue: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) year_of_publication: String,
    #[serde(deserialize_with = "lenient::number")]
    pub(super) month_of_publication: Option<u64>,
    #[serde(deserialize_with = "lenient::maybe")]
    pub(super) journal: Journal,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Journal {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) title: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Publisher {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) publisher: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct KeywordList {
    #[serde(deserialize_with = "lenient::texts")]
    pub(super) keyword: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct HeadingList {
    #[serde(deserialize_with = "lenient::list")]
    pub(super) mesh_heading: Vec<Heading>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Heading {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) descriptor_name: String,
    #[serde(alias = "descriptorUI", alias = "descriptorId", deserialize_with = "lenient::text")]
    pub(super) descriptor_ui: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct TypeList {
    #[serde(deserialize_with = "lenient::texts")]
    pub(super) pub_type: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct CommentList {
    #[serde(deserialize_with = "lenient::list")]
    pub(super) comment_correction: Vec<Comment>,
}

/// Another record that corrects this one, or is another form of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Comment {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) id: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) source: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) reference: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) r#type: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) note: String,
}
