import DeployStackModels
import Synchronization

/// The values of settings that a store remembers, for as long as ``StoreOptions/settingsLifetime`` says.
///
/// A read that began before a value was forgotten may bring the one from before the change, so what it brings is not remembered. Secrets never are.
final class SettingsCache: Sendable {
    private struct Entry {
        var value: SettingValue?
        var readAt: Timestamp
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// How often something was forgotten.
        var changes = 0
        var isClosed = false
    }

    /// How many values are remembered. Any text can be asked for as a key, so there must be an end.
    static let maximumCount = 1_000

    private let lifetime: Duration
    private let timeSource: any TimeSource
    private let state = Mutex(State())

    init(lifetime: Duration, timeSource: any TimeSource) {
        self.lifetime = lifetime
        self.timeSource = timeSource
    }

    /// The value of a setting as it is remembered, or as it is read and then remembered.
    func value(of key: String, reading: () async throws(DataError) -> SettingValue?) async throws(DataError) -> SettingValue? {
        let now = timeSource.now()
        let (entry, changes) = state.withLock { ($0.entries[key], $0.changes) }
        if let entry, entry.readAt <= now, now - entry.readAt < lifetime { return entry.value }
        let value = try await reading()
        guard value?.secret == nil else { return value }
        state.withLock { state in
            guard state.changes == changes, !state.isClosed else { return }
            if state.entries.count >= Self.maximumCount { state.entries = [:] }
            state.entries[key] = Entry(value: value, readAt: now)
        }
        return value
    }

    /// Forgets some settings, or all of them.
    func forget(_ keys: some Collection<String>) {
        state.withLock { state in
            state.changes += 1
            for key in keys { state.entries[key] = nil }
        }
    }

    /// Forgets all settings.
    func forgetAll() {
        state.withLock { state in
            state.changes += 1
            state.entries = [:]
        }
    }

    /// Forgets everything for good, so that a closed store answers as one that remembers nothing.
    func close() {
        state.withLock { $0 = State(changes: $0.changes + 1, isClosed: true) }
    }
}

/// What becomes of the settings that are read and written through a store.
enum SettingsMemory: Sendable {
    /// Nothing is remembered.
    case none
    /// What is read is remembered, and forgotten when it is written.
    case remembering(SettingsCache)
    /// A transaction remembers nothing, and what it has written is forgotten when it ends.
    case noting(WrittenSettings)

    /// The memory of a transaction on this store.
    var inTransaction: SettingsMemory {
        guard case .remembering(let cache) = self else { return self }
        return .noting(WrittenSettings(cache: cache))
    }

    /// Forgets one setting, or all of them.
    func forget(_ key: String?) {
        let cache: SettingsCache
        switch self {
        case .none: return
        case .remembering(let own): cache = own
        case .noting(let written): cache = written.cache
        }
        if let key { cache.forget([key]) } else { cache.forgetAll() }
    }

    /// Forgets what a transaction has written. It does not matter how the transaction ended.
    func endTransaction() {
        guard case .noting(let written) = self else { return }
        written.forget()
    }

    /// Ends the store that remembers.
    func close() {
        guard case .remembering(let cache) = self else { return }
        cache.close()
    }

    /// A repository whose reads are remembered, and whose writes are forgotten or noted.
    func over(_ settings: some SettingsRepository) -> any SettingsRepository {
        if case .none = self { return settings }
        return CachedSettings(base: settings, memory: self)
    }
}

/// The keys of the settings that a transaction has written.
final class WrittenSettings: Sendable {
    let cache: SettingsCache
    private let keys = Mutex<Set<String>>([])

    init(cache: SettingsCache) {
        self.cache = cache
    }

    func note(_ written: [String]) {
        keys.withLock { $0.formUnion(written) }
    }

    /// Forgets what was written.
    func forget() {
        let keys = keys.withLock { $0 }
        if !keys.isEmpty { cache.forget(keys) }
    }
}
