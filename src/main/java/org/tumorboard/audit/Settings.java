package org.tumorboard.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.tumorboard.event.ConfigurationPart;

/**
 * The settings of this node, from files, environment and command line, by digests. Of what is secret nothing is told but
 * that it is set: a digest of a weak password gives it away. Passwords that are encoded already are told like the others.
 */
@Component
final class Settings implements ConfigurationPart {

    private static final Set<String> OURS = Set.of("camunda", "management", "server", "spring", "tumorboard");
    private static final Pattern SECRET = Pattern.compile(".*(password|secret|token|credential|jaas|private-?key).*");
    private static final Pattern SECRET_VALUE =
            Pattern.compile("(?is).*(password|secret|token)\\s*=.*|.*//[^/]*:[^/]*@.*");
    private static final String ENCODED = "{bcrypt}";
    private static final int DIGITS = 16;

    private final Environment environment;

    Settings(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Map<String, String> parts() {
        Map<String, String> settings = new TreeMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource several) {
                several.stream().filter(Settings::isOurs).forEach(name -> settings.put(name.toString(), shown(name)));
            }
        }
        return settings;
    }

    private static boolean isOurs(ConfigurationPropertyName name) {
        return name.getNumberOfElements() > 1
                && OURS.contains(name.getElement(0, ConfigurationPropertyName.Form.UNIFORM));
    }

    private String shown(ConfigurationPropertyName name) {
        String value = value(name.toString());
        boolean isSecret =
                SECRET.matcher(name.toString().toLowerCase(Locale.ROOT)).matches()
                        || SECRET_VALUE.matcher(value).matches();
        return isSecret && !value.startsWith(ENCODED)
                ? "set"
                : ChainHash.sha256(value.getBytes(UTF_8)).substring(0, DIGITS);
    }

    private String value(String name) {
        try {
            return environment.getProperty(name, "");
        } catch (IllegalArgumentException unresolved) {
            return "";
        }
    }
}
