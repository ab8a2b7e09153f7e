import java.nio.file.Path;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * Serves the databases of a home folder, as its neo4j.conf says, until standard input ends: it
 * never outlives who started it.
 */
public class Server {
  public static void main(String[] arguments) throws Exception {
    var home = Path.of(arguments[0]);
    var service =
        new DatabaseManagementServiceBuilder(home)
            .loadPropertiesFromFile(home.resolve("neo4j.conf"))
            .build();
    System.out.println("READY");
    while (System.in.read() != -1) {}
    service.shutdown();
    System.exit(0);
  }
}
