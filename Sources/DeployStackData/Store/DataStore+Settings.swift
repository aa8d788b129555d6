extension DataStore {
    /// Forgets every setting that the store remembers, so that the next read asks the database.
    ///
    /// It is called when a setting was changed by somebody else: another process, or another store. What this store itself writes it forgets on its own, also
    /// in transactions. Without ``StoreOptions/settingsLifetime`` nothing is remembered and nothing happens.
    public func invalidateSettings() {
        backend.forgetSettings(nil)
    }

    /// Forgets one setting that the store remembers, as ``invalidateSettings()`` does with all of them.
    ///
    /// - Parameter key: The setting's key.
    public func invalidateSetting(_ key: String) {
        backend.forgetSettings(key)
    }
}
