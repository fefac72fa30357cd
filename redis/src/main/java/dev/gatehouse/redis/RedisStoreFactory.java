package dev.gatehouse.redis;

import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.state.StoreFactory;
import java.time.Duration;

/// Makes stores of type `redis`.
public final class RedisStoreFactory implements StoreFactory<RedisConfig> {
    @Override
    public String type() {
        return "redis";
    }

    @Override
    public Class<RedisConfig> configType() {
        return RedisConfig.class;
    }

    @Override
    public Duration patience(RedisConfig config) {
        return config.timeout();
    }

    @Override
    public Store create(RedisConfig config, Context context) {
        return RedisStore.of(config, context);
    }
}
