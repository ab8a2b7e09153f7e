import java.nio.file.Path;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Opens the database in a home folder over Bolt, until standard input ends. */
public class Imported {
  public static void main(String[] arguments) throws Exception {
    var port = Integer.parseInt(arguments[1]);
    new DatabaseManagementServiceBuilder(Path.of(arguments[0]))
        .setConfig(GraphDatabaseSettings.auth_enabled, false)
        .setConfig(BoltConnector.enabled, true)
        .setConfig(BoltConnector.listen_address, new SocketAddress("localhost", port))
        .build();
    System.out.println("READY");
    while (System.in.read() != -1) {}
    Runtime.getRuntime().halt(0); // what was imported is thrown away
  }
}
