import DeployStackModels

extension ConstraintMeaning {
    /// Every constraint and unique index of the schema, by table.
    static let all: [ConstraintMeaning] =
        authUser + globalSettingGroups + globalSettings + mcpCategories + mcpServerInstances + mcpServerTemplates + mcpTeamInstallations
        + mcpServerVersions + mcpUserConfigurations + notifications + oauthAccessTokens + oauthAuthorizationCodes + oauthClients + oauthRefreshTokens
        + oauthTeamConsents + roles + satelliteCommands + satelliteHeartbeats + satelliteRegistrationTokens + satellites + teamMemberships + teams
        + userPreferences

    private static let authUser: [ConstraintMeaning] = [
        ConstraintMeaning(name: "idx_lowercase_email", table: "authUser", entity: .user, rule: .unique(field: "email")),
        ConstraintMeaning(name: "authUser_email_key", table: "authUser", entity: .user, rule: .unique(field: "email")),
        ConstraintMeaning(name: "authUser_github_id_key", table: "authUser", entity: .user, rule: .unique(field: "githubID")),
        ConstraintMeaning(name: "authUser_username_key", table: "authUser", entity: .user, rule: .unique(field: "username")),
        ConstraintMeaning(name: "authUser_pkey", table: "authUser", entity: .user, rule: .unique(field: "id")),
        ConstraintMeaning(name: "authUser_role_id_fkey", table: "authUser", entity: .user, rule: .reference(to: .role)),
        ConstraintMeaning(name: "authUser_auth_type_check", table: "authUser", entity: .user, rule: .check(field: "authType")),
    ]

    private static let globalSettingGroups: [ConstraintMeaning] = [
        ConstraintMeaning(name: "globalSettingGroups_pkey", table: "globalSettingGroups", entity: .settingGroup, rule: .unique(field: "id"))
    ]

    private static let globalSettings: [ConstraintMeaning] = [
        ConstraintMeaning(name: "globalSettings_pkey", table: "globalSettings", entity: .setting, rule: .unique(field: "key")),
        ConstraintMeaning(name: "globalSettings_group_id_fkey", table: "globalSettings", entity: .setting, rule: .reference(to: .settingGroup)),
        ConstraintMeaning(name: "globalSettings_key_check", table: "globalSettings", entity: .setting, rule: .check(field: "key")),
        ConstraintMeaning(name: "globalSettings_type_check", table: "globalSettings", entity: .setting, rule: .check(field: "type")),
    ]

    private static let mcpCategories: [ConstraintMeaning] = [
        ConstraintMeaning(name: "mcpCategories_name_key", table: "mcpCategories", entity: .category, rule: .unique(field: "name")),
        ConstraintMeaning(name: "mcpCategories_pkey", table: "mcpCategories", entity: .category, rule: .unique(field: "id")),
    ]

    private static let mcpServerInstances: [ConstraintMeaning] = [
        ConstraintMeaning(
            name: "mcpServerInstances_installation_id_user_id_key", table: "mcpServerInstances", entity: .instance, rule: .unique(field: "userID")),
        ConstraintMeaning(name: "mcpServerInstances_instance_path_key", table: "mcpServerInstances", entity: .instance, rule: .unique(field: "path")),
        ConstraintMeaning(
            name: "mcpServerInstances_instance_token_hash_key", table: "mcpServerInstances", entity: .instance, rule: .unique(field: "tokenHash")),
        ConstraintMeaning(name: "mcpServerInstances_pkey", table: "mcpServerInstances", entity: .instance, rule: .unique(field: "id")),
        ConstraintMeaning(
            name: "mcpServerInstances_installation_id_fkey", table: "mcpServerInstances", entity: .instance, rule: .reference(to: .installation)),
        ConstraintMeaning(name: "mcpServerInstances_user_id_fkey", table: "mcpServerInstances", entity: .instance, rule: .reference(to: .user)),
        ConstraintMeaning(name: "mcpServerInstances_status_check", table: "mcpServerInstances", entity: .instance, rule: .check(field: "status")),
    ]

    private static let mcpServerTemplates: [ConstraintMeaning] = [
        ConstraintMeaning(
            name: "mcpServerTemplates_official_registry_server_id_key", table: "mcpServerTemplates", entity: .server,
            rule: .unique(field: "registryID")),
        ConstraintMeaning(name: "mcpServerTemplates_slug_key", table: "mcpServerTemplates", entity: .server, rule: .unique(field: "slug")),
        ConstraintMeaning(name: "mcpServerTemplates_pkey", table: "mcpServerTemplates", entity: .server, rule: .unique(field: "id")),
        ConstraintMeaning(name: "mcpServerTemplates_category_id_fkey", table: "mcpServerTemplates", entity: .server, rule: .reference(to: .category)),
        ConstraintMeaning(name: "mcpServerTemplates_created_by_fkey", table: "mcpServerTemplates", entity: .server, rule: .reference(to: .user)),
        ConstraintMeaning(name: "mcpServerTemplates_owner_team_id_fkey", table: "mcpServerTemplates", entity: .server, rule: .reference(to: .team)),
        ConstraintMeaning(
            name: "mcpServerTemplates_dependencies_check", table: "mcpServerTemplates", entity: .server, rule: .check(field: "dependencies")),
        ConstraintMeaning(
            name: "mcpServerTemplates_health_status_check", table: "mcpServerTemplates", entity: .server, rule: .check(field: "healthStatus")),
        ConstraintMeaning(name: "mcpServerTemplates_metadata_check", table: "mcpServerTemplates", entity: .server, rule: .check(field: "metadata")),
        ConstraintMeaning(name: "mcpServerTemplates_packages_check", table: "mcpServerTemplates", entity: .server, rule: .check(field: "packages")),
        ConstraintMeaning(name: "mcpServerTemplates_prompts_check", table: "mcpServerTemplates", entity: .server, rule: .check(field: "prompts")),
        ConstraintMeaning(name: "mcpServerTemplates_remotes_check", table: "mcpServerTemplates", entity: .server, rule: .check(field: "remotes")),
        ConstraintMeaning(
            name: "mcpServerTemplates_repository_source_check", table: "mcpServerTemplates", entity: .server, rule: .check(field: "repositorySource")),
        ConstraintMeaning(name: "mcpServerTemplates_resources_check", table: "mcpServerTemplates", entity: .server, rule: .check(field: "resources")),
        ConstraintMeaning(name: "mcpServerTemplates_tags_check", table: "mcpServerTemplates", entity: .server, rule: .check(field: "tags")),
        ConstraintMeaning(
            name: "mcpServerTemplates_team_args_schema_check", table: "mcpServerTemplates", entity: .server,
            rule: .check(field: "configuration.team.args")),
        ConstraintMeaning(
            name: "mcpServerTemplates_team_env_schema_check", table: "mcpServerTemplates", entity: .server,
            rule: .check(field: "configuration.team.env")),
        ConstraintMeaning(
            name: "mcpServerTemplates_team_headers_schema_check", table: "mcpServerTemplates", entity: .server,
            rule: .check(field: "configuration.team.headers")),
        ConstraintMeaning(
            name: "mcpServerTemplates_team_url_query_params_schema_check", table: "mcpServerTemplates", entity: .server,
            rule: .check(field: "configuration.team.queryParams")),
        ConstraintMeaning(
            name: "mcpServerTemplates_template_args_check", table: "mcpServerTemplates", entity: .server,
            rule: .check(field: "configuration.template.args")),
        ConstraintMeaning(
            name: "mcpServerTemplates_template_env_check", table: "mcpServerTemplates", entity: .server,
            rule: .check(field: "configuration.template.env")),
        ConstraintMeaning(
            name: "mcpServerTemplates_template_headers_check", table: "mcpServerTemplates", entity: .server,
            rule: .check(field: "configuration.template.headers")),
        ConstraintMeaning(
            name: "mcpServerTemplates_template_url_query_params_check", table: "mcpServerTemplates", entity: .server,
            rule: .check(field: "configuration.template.queryParams")),
        ConstraintMeaning(
            name: "mcpServerTemplates_user_args_schema_check", table: "mcpServerTemplates", entity: .server,
            rule: .check(field: "configuration.user.args")),
        ConstraintMeaning(
            name: "mcpServerTemplates_user_env_schema_check", table: "mcpServerTemplates", entity: .server,
            rule: .check(field: "configuration.user.env")),
        ConstraintMeaning(
            name: "mcpServerTemplates_user_headers_schema_check", table: "mcpServerTemplates", entity: .server,
            rule: .check(field: "configuration.user.headers")),
        ConstraintMeaning(
            name: "mcpServerTemplates_user_url_query_params_schema_check", table: "mcpServerTemplates", entity: .server,
            rule: .check(field: "configuration.user.queryParams")),
        ConstraintMeaning(
            name: "mcpServerTemplates_visibility_matches_owner", table: "mcpServerTemplates", entity: .server, rule: .check(field: "visibility")),
    ]

    private static let mcpTeamInstallations: [ConstraintMeaning] = [
        ConstraintMeaning(
            name: "mcpTeamInstallations_team_id_installation_name_key", table: "mcpTeamInstallations", entity: .installation,
            rule: .unique(field: "name")),
        ConstraintMeaning(name: "mcpTeamInstallations_pkey", table: "mcpTeamInstallations", entity: .installation, rule: .unique(field: "id")),
        ConstraintMeaning(
            name: "mcpTeamInstallations_created_by_fkey", table: "mcpTeamInstallations", entity: .installation, rule: .reference(to: .user)),
        ConstraintMeaning(
            name: "mcpTeamInstallations_satellite_id_fkey", table: "mcpTeamInstallations", entity: .installation, rule: .reference(to: .satellite)),
        ConstraintMeaning(
            name: "mcpTeamInstallations_server_id_fkey", table: "mcpTeamInstallations", entity: .installation, rule: .reference(to: .server)),
        ConstraintMeaning(
            name: "mcpTeamInstallations_team_id_fkey", table: "mcpTeamInstallations", entity: .installation, rule: .reference(to: .team)),
        ConstraintMeaning(
            name: "mcpTeamInstallations_installation_type_check", table: "mcpTeamInstallations", entity: .installation, rule: .check(field: "type")),
        ConstraintMeaning(
            name: "mcpTeamInstallations_settings_check", table: "mcpTeamInstallations", entity: .installation, rule: .check(field: "settings")),
        ConstraintMeaning(
            name: "mcpTeamInstallations_team_args_check", table: "mcpTeamInstallations", entity: .installation,
            rule: .check(field: "configuration.args")),
        ConstraintMeaning(
            name: "mcpTeamInstallations_team_env_check", table: "mcpTeamInstallations", entity: .installation,
            rule: .check(field: "configuration.env")),
        ConstraintMeaning(
            name: "mcpTeamInstallations_team_headers_check", table: "mcpTeamInstallations", entity: .installation,
            rule: .check(field: "configuration.headers")),
        ConstraintMeaning(
            name: "mcpTeamInstallations_team_url_query_params_check", table: "mcpTeamInstallations", entity: .installation,
            rule: .check(field: "configuration.queryParams")),
    ]

    private static let mcpUserConfigurations: [ConstraintMeaning] = [
        ConstraintMeaning(
            name: "mcpUserConfigurations_installation_id_user_id_key", table: "mcpUserConfigurations", entity: .userConfiguration,
            rule: .unique(field: "userID")),
        ConstraintMeaning(name: "mcpUserConfigurations_pkey", table: "mcpUserConfigurations", entity: .userConfiguration, rule: .unique(field: "id")),
        ConstraintMeaning(
            name: "mcpUserConfigurations_installation_id_fkey", table: "mcpUserConfigurations", entity: .userConfiguration,
            rule: .reference(to: .installation)),
        ConstraintMeaning(
            name: "mcpUserConfigurations_user_id_fkey", table: "mcpUserConfigurations", entity: .userConfiguration, rule: .reference(to: .user)),
        ConstraintMeaning(
            name: "mcpUserConfigurations_user_args_check", table: "mcpUserConfigurations", entity: .userConfiguration, rule: .check(field: "args")),
        ConstraintMeaning(
            name: "mcpUserConfigurations_user_env_check", table: "mcpUserConfigurations", entity: .userConfiguration, rule: .check(field: "env")),
        ConstraintMeaning(
            name: "mcpUserConfigurations_user_headers_check", table: "mcpUserConfigurations", entity: .userConfiguration,
            rule: .check(field: "headers")),
        ConstraintMeaning(
            name: "mcpUserConfigurations_user_url_query_params_check", table: "mcpUserConfigurations", entity: .userConfiguration,
            rule: .check(field: "queryParams")),
    ]

    private static let notifications: [ConstraintMeaning] = [
        ConstraintMeaning(name: "notifications_pkey", table: "notifications", entity: .notification, rule: .unique(field: "id")),
        ConstraintMeaning(name: "notifications_user_id_fkey", table: "notifications", entity: .notification, rule: .reference(to: .user)),
    ]

    private static let oauthAccessTokens: [ConstraintMeaning] = [
        ConstraintMeaning(
            name: "oauth_access_tokens_token_hash_key", table: "oauth_access_tokens", entity: .accessToken, rule: .unique(field: "token")),
        ConstraintMeaning(name: "oauth_access_tokens_pkey", table: "oauth_access_tokens", entity: .accessToken, rule: .unique(field: "id")),
        ConstraintMeaning(name: "oauth_access_tokens_team_id_fkey", table: "oauth_access_tokens", entity: .accessToken, rule: .reference(to: .team)),
        ConstraintMeaning(name: "oauth_access_tokens_user_id_fkey", table: "oauth_access_tokens", entity: .accessToken, rule: .reference(to: .user)),
    ]

    private static let oauthAuthorizationCodes: [ConstraintMeaning] = [
        ConstraintMeaning(
            name: "oauth_authorization_codes_code_hash_key", table: "oauth_authorization_codes", entity: .authorizationCode,
            rule: .unique(field: "code")),
        ConstraintMeaning(
            name: "oauth_authorization_codes_pkey", table: "oauth_authorization_codes", entity: .authorizationCode, rule: .unique(field: "id")),
        ConstraintMeaning(
            name: "oauth_authorization_codes_team_id_fkey", table: "oauth_authorization_codes", entity: .authorizationCode,
            rule: .reference(to: .team)),
        ConstraintMeaning(
            name: "oauth_authorization_codes_user_id_fkey", table: "oauth_authorization_codes", entity: .authorizationCode,
            rule: .reference(to: .user)),
        ConstraintMeaning(
            name: "oauth_authorization_codes_code_challenge_method_check", table: "oauth_authorization_codes", entity: .authorizationCode,
            rule: .check(field: "codeChallengeMethod")),
    ]

    private static let oauthClients: [ConstraintMeaning] = [
        ConstraintMeaning(name: "oauth_clients_pkey", table: "oauth_clients", entity: .client, rule: .unique(field: "id")),
        ConstraintMeaning(name: "oauth_clients_created_by_user_id_fkey", table: "oauth_clients", entity: .client, rule: .reference(to: .user)),
        ConstraintMeaning(name: "oauth_clients_team_id_fkey", table: "oauth_clients", entity: .client, rule: .reference(to: .team)),
        ConstraintMeaning(name: "oauth_clients_registration_check", table: "oauth_clients", entity: .client, rule: .check(field: "registration")),
    ]

    private static let oauthRefreshTokens: [ConstraintMeaning] = [
        ConstraintMeaning(
            name: "idx_oauth_refresh_tokens_one_unused", table: "oauth_refresh_tokens", entity: .refreshToken, rule: .unique(field: "family")),
        ConstraintMeaning(
            name: "oauth_refresh_tokens_token_hash_key", table: "oauth_refresh_tokens", entity: .refreshToken, rule: .unique(field: "token")),
        ConstraintMeaning(name: "oauth_refresh_tokens_pkey", table: "oauth_refresh_tokens", entity: .refreshToken, rule: .unique(field: "id")),
        ConstraintMeaning(
            name: "oauth_refresh_tokens_team_id_fkey", table: "oauth_refresh_tokens", entity: .refreshToken, rule: .reference(to: .team)),
        ConstraintMeaning(
            name: "oauth_refresh_tokens_user_id_fkey", table: "oauth_refresh_tokens", entity: .refreshToken, rule: .reference(to: .user)),
    ]

    private static let oauthTeamConsents: [ConstraintMeaning] = [
        ConstraintMeaning(
            name: "oauth_team_consents_user_id_team_id_client_id_key", table: "oauth_team_consents", entity: .consent,
            rule: .unique(field: "client")),
        ConstraintMeaning(name: "oauth_team_consents_pkey", table: "oauth_team_consents", entity: .consent, rule: .unique(field: "id")),
        ConstraintMeaning(name: "oauth_team_consents_team_id_fkey", table: "oauth_team_consents", entity: .consent, rule: .reference(to: .team)),
        ConstraintMeaning(name: "oauth_team_consents_user_id_fkey", table: "oauth_team_consents", entity: .consent, rule: .reference(to: .user)),
    ]

    private static let roles: [ConstraintMeaning] = [
        ConstraintMeaning(name: "roles_name_key", table: "roles", entity: .role, rule: .unique(field: "name")),
        ConstraintMeaning(name: "roles_pkey", table: "roles", entity: .role, rule: .unique(field: "id")),
        ConstraintMeaning(name: "roles_permissions_check", table: "roles", entity: .role, rule: .check(field: "permissions")),
    ]

    private static let satelliteCommands: [ConstraintMeaning] = [
        ConstraintMeaning(name: "satelliteCommands_pkey", table: "satelliteCommands", entity: .satelliteCommand, rule: .unique(field: "id")),
        ConstraintMeaning(
            name: "satelliteCommands_created_by_fkey", table: "satelliteCommands", entity: .satelliteCommand, rule: .reference(to: .user)),
        ConstraintMeaning(
            name: "satelliteCommands_satellite_id_fkey", table: "satelliteCommands", entity: .satelliteCommand, rule: .reference(to: .satellite)),
        ConstraintMeaning(
            name: "satelliteCommands_target_team_id_fkey", table: "satelliteCommands", entity: .satelliteCommand, rule: .reference(to: .team)),
        ConstraintMeaning(
            name: "satelliteCommands_command_type_check", table: "satelliteCommands", entity: .satelliteCommand, rule: .check(field: "type")),
        ConstraintMeaning(
            name: "satelliteCommands_payload_check", table: "satelliteCommands", entity: .satelliteCommand, rule: .check(field: "payload")),
        ConstraintMeaning(
            name: "satelliteCommands_priority_check", table: "satelliteCommands", entity: .satelliteCommand, rule: .check(field: "priority")),
        ConstraintMeaning(
            name: "satelliteCommands_result_check", table: "satelliteCommands", entity: .satelliteCommand, rule: .check(field: "result")),
        ConstraintMeaning(
            name: "satelliteCommands_status_check", table: "satelliteCommands", entity: .satelliteCommand, rule: .check(field: "status")),
    ]

    private static let satelliteHeartbeats: [ConstraintMeaning] = [
        ConstraintMeaning(name: "satelliteHeartbeats_pkey", table: "satelliteHeartbeats", entity: .heartbeat, rule: .unique(field: "id")),
        ConstraintMeaning(
            name: "satelliteHeartbeats_satellite_id_fkey", table: "satelliteHeartbeats", entity: .heartbeat, rule: .reference(to: .satellite)),
        ConstraintMeaning(name: "satelliteHeartbeats_status_check", table: "satelliteHeartbeats", entity: .heartbeat, rule: .check(field: "status")),
        ConstraintMeaning(
            name: "satelliteHeartbeats_system_metrics_check", table: "satelliteHeartbeats", entity: .heartbeat, rule: .check(field: "systemMetrics")),
    ]

    private static let satellites: [ConstraintMeaning] = [
        ConstraintMeaning(name: "satellites_api_key_hash_key", table: "satellites", entity: .satellite, rule: .unique(field: "apiKey")),
        ConstraintMeaning(name: "satellites_name_key", table: "satellites", entity: .satellite, rule: .unique(field: "name")),
        ConstraintMeaning(name: "satellites_pkey", table: "satellites", entity: .satellite, rule: .unique(field: "id")),
        ConstraintMeaning(name: "satellites_created_by_fkey", table: "satellites", entity: .satellite, rule: .reference(to: .user)),
        ConstraintMeaning(name: "satellites_team_id_fkey", table: "satellites", entity: .satellite, rule: .reference(to: .team)),
        ConstraintMeaning(name: "satellites_capabilities_check", table: "satellites", entity: .satellite, rule: .check(field: "capabilities")),
        ConstraintMeaning(name: "satellites_config_check", table: "satellites", entity: .satellite, rule: .check(field: "config")),
        ConstraintMeaning(name: "satellites_mcp_status_check", table: "satellites", entity: .satellite, rule: .check(field: "mcpStatus")),
        ConstraintMeaning(name: "satellites_name_check", table: "satellites", entity: .satellite, rule: .check(field: "name")),
        ConstraintMeaning(name: "satellites_system_info_check", table: "satellites", entity: .satellite, rule: .check(field: "systemInfo")),
        ConstraintMeaning(name: "satellites_type_matches_team", table: "satellites", entity: .satellite, rule: .check(field: "team")),
    ]

    private static let teamMemberships: [ConstraintMeaning] = [
        ConstraintMeaning(name: "teamMemberships_team_id_user_id_key", table: "teamMemberships", entity: .membership, rule: .unique(field: "userID")),
        ConstraintMeaning(name: "teamMemberships_pkey", table: "teamMemberships", entity: .membership, rule: .unique(field: "id")),
        ConstraintMeaning(name: "teamMemberships_team_id_fkey", table: "teamMemberships", entity: .membership, rule: .reference(to: .team)),
        ConstraintMeaning(name: "teamMemberships_user_id_fkey", table: "teamMemberships", entity: .membership, rule: .reference(to: .user)),
    ]

    private static let teams: [ConstraintMeaning] = [
        ConstraintMeaning(name: "idx_teams_one_default_per_owner", table: "teams", entity: .team, rule: .unique(field: "ownerID")),
        ConstraintMeaning(name: "teams_slug_key", table: "teams", entity: .team, rule: .unique(field: "slug")),
        ConstraintMeaning(name: "teams_pkey", table: "teams", entity: .team, rule: .unique(field: "id")),
        ConstraintMeaning(name: "teams_owner_id_fkey", table: "teams", entity: .team, rule: .reference(to: .user)),
        ConstraintMeaning(name: "teams_github_mcp_limit_check", table: "teams", entity: .team, rule: .check(field: "limits.github")),
        ConstraintMeaning(name: "teams_limits_consistent", table: "teams", entity: .team, rule: .check(field: "limits.mcpServers")),
        ConstraintMeaning(name: "teams_mcp_server_limit_check", table: "teams", entity: .team, rule: .check(field: "limits.mcpServers")),
        ConstraintMeaning(name: "teams_member_limit_check", table: "teams", entity: .team, rule: .check(field: "limits.members")),
        ConstraintMeaning(name: "teams_non_http_mcp_limit_check", table: "teams", entity: .team, rule: .check(field: "limits.nonHttp")),
    ]

    private static let userPreferences: [ConstraintMeaning] = [
        ConstraintMeaning(
            name: "userPreferences_user_id_preference_key_key", table: "userPreferences", entity: .preference, rule: .unique(field: "key")),
        ConstraintMeaning(name: "userPreferences_pkey", table: "userPreferences", entity: .preference, rule: .unique(field: "id")),
        ConstraintMeaning(name: "userPreferences_user_id_fkey", table: "userPreferences", entity: .preference, rule: .reference(to: .user)),
        ConstraintMeaning(
            name: "userPreferences_preference_key_check", table: "userPreferences", entity: .preference, rule: .check(field: "key")),
    ]

    private static let satelliteRegistrationTokens: [ConstraintMeaning] = [
        ConstraintMeaning(
            name: "satelliteRegistrationTokens_token_hash_key", table: "satelliteRegistrationTokens", entity: .registrationToken,
            rule: .unique(field: "token")),
        ConstraintMeaning(
            name: "satelliteRegistrationTokens_pkey", table: "satelliteRegistrationTokens", entity: .registrationToken, rule: .unique(field: "id")),
        ConstraintMeaning(
            name: "satelliteRegistrationTokens_team_id_fkey", table: "satelliteRegistrationTokens", entity: .registrationToken,
            rule: .reference(to: .team)),
        ConstraintMeaning(
            name: "satelliteRegistrationTokens_created_by_fkey", table: "satelliteRegistrationTokens", entity: .registrationToken,
            rule: .reference(to: .user)),
        ConstraintMeaning(
            name: "satelliteRegistrationTokens_used_by_satellite_id_fkey", table: "satelliteRegistrationTokens", entity: .registrationToken,
            rule: .reference(to: .satellite)),
        ConstraintMeaning(
            name: "satelliteRegistrationTokens_type_matches_team", table: "satelliteRegistrationTokens", entity: .registrationToken,
            rule: .check(field: "team")),
    ]

    private static let mcpServerVersions: [ConstraintMeaning] = [
        ConstraintMeaning(
            name: "mcpServerVersions_server_id_version_key", table: "mcpServerVersions", entity: .serverVersion, rule: .unique(field: "version")),
        ConstraintMeaning(
            name: "idx_mcpServerVersions_latest", table: "mcpServerVersions", entity: .serverVersion, rule: .unique(field: "isLatest")),
        ConstraintMeaning(name: "mcpServerVersions_pkey", table: "mcpServerVersions", entity: .serverVersion, rule: .unique(field: "id")),
        ConstraintMeaning(
            name: "mcpServerVersions_server_id_fkey", table: "mcpServerVersions", entity: .serverVersion, rule: .reference(to: .server)),
    ]
}
