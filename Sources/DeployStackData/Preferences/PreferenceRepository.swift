public import DeployStackModels

/// What each user prefers.
///
/// The preferences that there are, their types and defaults are ``StoreOptions/preferences``. Every call is about one user and sees that user's alone.
public protocol PreferenceRepository: Sendable {
    /// Returns all preferences of a user, by key, with defaults for what the user has not said. An unknown user has the defaults.
    func all(user: UserID) async throws(DataError) -> [UserPreference]

    /// Returns what a user prefers, or the default when the user has not said so.
    ///
    /// - Throws: ``DataError`` of kind `.validation` with field `key` when the store has no such preference.
    func get(_ key: String, user: UserID) async throws(DataError) -> SettingValue

    /// Stores what a user prefers, in one statement.
    ///
    /// - Throws: ``DataError`` of kind `.validation` with field `key` when the store has no such preference, or `value` when the value is not of its type or
    ///   has more than 65 536 characters; `.referenceMissing` with entity `user` when the user does not exist.
    func set(_ key: String, to value: SettingValue, user: UserID) async throws(DataError)

    /// Stores some preferences of a user in one statement: all of them, or none.
    ///
    /// - Throws: ``DataError`` as ``set(_:to:user:)`` does.
    func setMany(_ values: [String: SettingValue], user: UserID) async throws(DataError)
}
