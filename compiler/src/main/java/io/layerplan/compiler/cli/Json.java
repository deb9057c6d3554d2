package io.layerplan.compiler.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Optional;

/// What `--json` prints: one object, indented, its keys in the order in which the records and maps hold them, in
/// `snake_case`. An empty [Optional] is `null`.
public final class Json {
    private Json() {}

    public static String text(Object value) {
        var indenter = new DefaultIndenter("  ", "\n");
        var printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
        try {
            return new ObjectMapper()
                            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                            .registerModule(new SimpleModule().addSerializer(new OptionalSerializer()))
                            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                            .writer(printer)
                            .writeValueAsString(value)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result without a JSON form", e);
        }
    }

    private static final class OptionalSerializer extends JsonSerializer<Optional<?>> {
        @Override
        @SuppressWarnings("unchecked") // the class of every `Optional<?>`
        public Class<Optional<?>> handledType() {
            return (Class<Optional<?>>) (Class<?>) Optional.class;
        }

        @Override
        public void serialize(Optional<?> value, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            if (value.isPresent()) {
                provider.defaultSerializeValue(value.get(), generator);
            } else {
                generator.writeNull();
            }
        }
    }
}
