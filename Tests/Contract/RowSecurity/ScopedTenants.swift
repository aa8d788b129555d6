import DeployStackData
import DeployStackDataTesting
import DeployStackModels

/// Two tenants, and a store that the database's policies bind.
struct ScopedTenants {
    let scene: TwoTenants
    /// Sees nothing of any team until it is scoped.
    let tenants: DataStore

    var ours: Tenant { scene.ours }
    var theirs: Tenant { scene.theirs }
    /// The store of the platform, which nothing binds.
    var platform: DataStore { scene.store }

    static func make(on backend: Backend) async throws -> ScopedTenants {
        let scene = try await TwoTenants.make(on: backend)
        let options = StoreOptions(
            timeSource: ManualTimeSource(), idGenerator: CountingIDGenerator(after: 5_000_000), randomSource: SeededRandomSource(seed: 2))
        return ScopedTenants(scene: scene, tenants: try await backend.makeTenantStore(on: scene.store, options: options))
    }

    /// What a team's owner sees.
    func store(of tenant: Tenant) throws -> DataStore {
        try tenants.scoped(to: tenant.team, user: tenant.owner)
    }
}
