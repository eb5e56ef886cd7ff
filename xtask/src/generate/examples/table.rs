//! Which snapshot serves which example.

use bitting_api::operations::Surface;

/// An example and where it is from: `tests/wire/<surface>/snapshots/<operation>/<operation>--<snapshot>.snap`. One that was
/// refused is an example of its status, and any other of its operation; what was sent is an example too, unless an earlier
/// row sent the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The operation.
    pub(super) operation: &'static str,
    /// What the example is called.
    pub(super) name: &'static str,
    /// What the snapshot is called, after the operation: what it shows, and its rule.
    pub(super) snapshot: &'static str,
}

/// The rows of a surface.
pub(super) fn of(surface: Surface) -> impl Iterator<Item = Row> {
    let table = match surface {
        Surface::Keys => KEYS,
        Surface::Ocamba => OCAMBA,
        Surface::Feldera => FELDERA,
    };
    table.iter().flat_map(|(operation, examples)| {
        examples.iter().map(|(name, snapshot)| Row {
            operation,
            name,
            snapshot,
        })
    })
}

/// Of each operation, the names of examples and the snapshots that they are from.
type Table = &'static [(&'static str, &'static [(&'static str, &'static str)])];

const KEYS: Table = &[
    (
        "company_create",
        &[
            ("usual", "success--k1_story"),
            ("with_key", "success--k30_name_only"),
            ("named_member", "success--k30_every_member"),
            ("no_key", "success--k30_no_first_key"),
        ],
    ),
    (
        "company_list",
        &[
            ("more", "success--k20_first_page"),
            ("last", "success--k20_second_page"),
        ],
    ),
    (
        "company_view",
        &[
            ("usual", "success--k1_story"),
            ("company", "success--k33_ours"),
            ("switched_off", "success--k31_switched_off"),
        ],
    ),
    (
        "company_update",
        &[
            ("usual", "success--k1_story"),
            ("renamed", "success--k34_renamed"),
            ("off", "success--k34_off"),
        ],
    ),
    ("company_usage", &[("usual", "success--k1_story")]),
    (
        "member_create",
        &[
            ("usual", "success--k1_story"),
            ("with_key", "success--k40_name_only"),
            ("reader", "success--k40_read"),
            ("no_key", "success--k40_no_first_key"),
        ],
    ),
    (
        "member_list",
        &[
            ("usual", "success--k1_story"),
            ("more", "success--k20_limit_1"),
            ("last", "success--k42_two"),
        ],
    ),
    (
        "member_view",
        &[
            ("usual", "success--k1_story"),
            ("made_here", "success--k43_itself"),
            ("logged_in", "success--k41_login"),
        ],
    ),
    (
        "member_update",
        &[
            ("usual", "success--k1_story"),
            ("renamed", "success--k44_renamed"),
            ("off", "success--k44_off"),
        ],
    ),
    (
        "key_create",
        &[
            ("usual", "success--k1_story"),
            ("shortest", "success--k51_name_only"),
            ("everything", "success--k51_everything"),
            ("metered", "success--k140_metered"),
            ("lifetime", "success--k51_hundred_years"),
        ],
    ),
    (
        "key_list",
        &[
            ("usual", "success--k1_story"),
            ("last", "success--k57_active"),
            ("more", "success--k1_trailing_slash"),
        ],
    ),
    (
        "key_view",
        &[
            ("usual", "success--k1_story"),
            ("active", "success--k50_active"),
            ("revoked", "success--k50_revoked"),
            ("personal", "success--k50_of_ocamba"),
            ("named", "success--k50_of_feldera"),
        ],
    ),
    (
        "key_update",
        &[
            ("usual", "success--k1_story"),
            ("same", "success--k55_same"),
            ("cleared", "success--k55_nulls"),
        ],
    ),
    (
        "key_limits_update",
        &[
            ("usual", "success--k1_story"),
            ("both", "success--k141_both"),
            ("quota_without_refill", "success--k141_quota_without_refill"),
            ("none", "success--k141_taken_away"),
        ],
    ),
    (
        "key_usage",
        &[
            ("usual", "success--k1_story"),
            ("by_day", "success--k151_days"),
        ],
    ),
    (
        "key_revoke",
        &[
            ("usual", "success--k1_story"),
            ("with_reason", "success--k56_reason"),
            ("without", "success--k56_no_reason"),
        ],
    ),
    (
        "key_rotate",
        &[
            ("usual", "success--k1_story"),
            ("at_once", "success--k90_own"),
            ("with_overlap", "success--k90_overlap"),
        ],
    ),
    (
        "secret_list",
        &[
            ("usual", "success--k1_story"),
            ("one", "success--k91_one"),
            ("three", "success--k91_three"),
        ],
    ),
    ("key_reveal", &[("secret", "success--k93_own")]),
    (
        "key_import",
        &[
            ("usual", "success--k1_story"),
            ("in_full", "success--k130_in_full"),
            ("duplicates", "success--k134_duplicates"),
            ("invalid", "foreign_company--k134_their_owner"),
        ],
    ),
    ("audit_list", &[("records", "success--k111_planted")]),
    (
        "key_verify",
        &[
            ("usual", "success--k1_story"),
            ("valid", "success--k71_of_keys"),
            ("with_scopes", "success--k70_all_scopes"),
            ("from_address", "success--k70_4_first"),
            ("malformed", "success--k71_mistyped"),
            ("not_found", "success--k71_unknown"),
            ("revoked", "success--k71_revoked"),
            ("disabled", "success--k71_disabled"),
            ("expired", "success--k71_expired"),
            ("pending", "success--k71_pending"),
            ("address_not_allowed", "success--k71_address_not_allowed"),
            ("insufficient_scope", "success--k71_insufficient_scope"),
            ("limited", "success--k142_named"),
            ("rate_limited", "success--k142_rate_limited"),
            ("quota_exceeded", "success--k142_quota_exceeded"),
        ],
    ),
    (
        "key_verify_batch",
        &[
            ("usual", "success--k1_story"),
            ("nine", "success--k72_nine"),
            ("one", "success--k72_one"),
        ],
    ),
    (
        "introspect",
        &[
            ("usual", "success--k1_story"),
            ("active", "success--k121_of_keys"),
            ("from_address", "success--k120_from_there"),
            ("not_active", "success--k121_revoked"),
        ],
    ),
    (
        "whoami",
        &[
            ("usual", "success--k1_story"),
            ("key", "success--k80_none"),
            ("service", "success--k80_verify"),
        ],
    ),
    (
        "self_revoke",
        &[
            ("usual", "success--k1_story"),
            ("with_reason", "success--k81_none"),
            ("without", "success--k81_read"),
        ],
    ),
    // Refused.
    (
        "company_create",
        &[
            ("body", "bad_input--k10_three_errors"),
            ("payload_too_large", "refused--k10_64_kib_and_1"),
            ("unsupported_media_type", "refused--k10_text"),
        ],
    ),
    (
        "key_list",
        &[
            ("query", "bad_input--k57_sort_plus"),
            ("unauthenticated", "no_credential--k2_none"),
        ],
    ),
    (
        "key_create",
        &[
            ("element", "bad_input--k53_host_bits"),
            ("role_exceeds_creator", "refused--k9_role"),
            ("not_grantable", "refused--k9_scopes"),
            ("request_timeout", "refused--k10_half_a_body"),
            ("idempotency_mismatch", "refused--k101_other_name"),
            ("idempotency_expired", "refused--k102_revoked"),
        ],
    ),
    (
        "audit_list",
        &[("insufficient_role", "weak_role--k4_write")],
    ),
    (
        "key_update",
        &[
            ("key_above_own_role", "refused--k2_above"),
            ("role_not_mintable", "refused--k9_admin"),
            ("name_taken", "refused--k9_taken"),
            ("changed", "refused--k2_412"),
        ],
    ),
    (
        "member_list",
        &[("token_role", "weak_role--k4_login_token_of_no_role")],
    ),
    (
        "forward_auth",
        &[
            ("insufficient_scope", "refused--k122_one_too_many"),
            ("address_not_allowed", "refused--k124_claimed"),
            ("rate_limited", "refused--k125_rate_limited"),
            ("quota_exceeded", "refused--k125_quota_exceeded"),
            ("quota_never_filled_up", "refused--k125_quota_for_ever"),
        ],
    ),
    (
        "key_view",
        &[
            ("not_found", "unknown_id--k5_word"),
            ("internal", "refused--k4_500"),
            ("unavailable", "refused--k4_503"),
        ],
    ),
    ("key_delete", &[("last_root_key", "refused--k9_last")]),
    ("member_delete", &[("owns_keys", "refused--k45_keys")]),
    ("company_delete", &[("has_members", "refused--k35_members")]),
    (
        "key_rotate",
        &[
            ("key_inactive", "refused--k90_revoked"),
            ("too_many_secrets", "refused--k90_eleventh"),
        ],
    ),
    (
        "secret_retire",
        &[("current_secret", "refused--k92_current")],
    ),
    (
        "key_reveal",
        &[("not_recoverable", "refused--k93_not_recoverable")],
    ),
];

const OCAMBA: Table = &[
    (
        "key_create",
        &[
            ("every_member", "success--o23_every_member"),
            ("shortest", "success--o22_name_only"),
        ],
    ),
    (
        "key_list",
        &[
            ("default", "success--o40_all"),
            ("first_page", "success--o41_first"),
            ("beyond_the_end", "success--o41_beyond_the_end"),
        ],
    ),
    (
        "key_view",
        &[
            ("default", "success--o30_no_view"),
            ("fields", "success--o31_one"),
            ("without_secret", "success--o8a_read"),
        ],
    ),
    (
        "key_update",
        &[
            ("all", "success--o50_all"),
            ("name", "success--o50_name"),
            ("nulls", "success--o50_nulls"),
        ],
    ),
    ("key_roll", &[("rolled", "success--o70_done")]),
    // Refused.
    (
        "key_create",
        &[
            ("body", "bad_input--o4_four_errors"),
            ("forbidden", "weak_role--o8a_read"),
            ("request_timeout", "refused--o4_half_a_body"),
            ("content_too_large", "refused--o20_64_kib_and_1"),
            ("unsupported_media_type", "refused--o20_text"),
        ],
    ),
    (
        "key_list",
        &[
            ("query", "bad_input--o41_size_above_maximum"),
            ("unauthorized", "no_credential--o2_none"),
            ("too_many_requests", "refused--o10_429"),
            ("internal", "refused--o3_500"),
            ("unavailable", "refused--o4_503"),
        ],
    ),
    ("key_delete", &[("not_found", "unknown_id--o32_unknown")]),
    ("lockout", &[("conflict", "refused--delete")]),
];

const FELDERA: Table = &[
    (
        "key_create",
        &[
            ("write", "success--f10_name_only"),
            ("read", "success--f15_read"),
        ],
    ),
    (
        "key_list",
        &[("two", "success--f20_two"), ("none", "success--f20_none")],
    ),
    (
        "key_view",
        &[
            ("reads", "success--f30_reads"),
            ("writes", "success--f30_writes"),
        ],
    ),
    ("config_view", &[("config", "success--f50_read")]),
    ("cluster_health_view", &[("healthy", "success--f51_none")]),
    (
        "login_config_view",
        &[
            ("issuer", "success--f51_issuer"),
            ("no_issuer", "success--f51_none"),
        ],
    ),
    ("health_view", &[("healthy", "success--f51_none")]),
    // Refused.
    (
        "key_create",
        &[
            ("empty_name", "bad_input--f12_empty"),
            ("long_name", "bad_input--f12_101_bytes"),
            ("other_characters", "bad_input--f12_leading_space"),
            ("no_name", "bad_input--f14_missing_name"),
            ("weak_role", "weak_role--f1_read"),
            ("owner", "refused--f15_owner"),
            ("request_timeout", "refused--f2_half_a_body"),
            ("duplicate", "refused--f13_again"),
            ("too_large", "refused--f2_64_kib_and_1"),
            ("unknown_type", "refused--f14_text"),
        ],
    ),
    (
        "key_list",
        &[
            ("unauthorized", "no_credential--f2_none"),
            ("internal", "refused--f2_500"),
            ("unavailable", "refused--f2_503"),
        ],
    ),
    ("key_view", &[("unknown", "unknown_id--f30_unknown")]),
];
