"""How a process holds on to the database, as the settings say."""

from environs import Env

# Planning the statement that opens a dossier costs four times as much as what it reads.
PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan"
# How long we wait for a machine that is gone, in seconds (the second in milliseconds). The address may name two
# machines of which one takes writes: both are tried within the time that a page may take.
PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 10_000, "keepalives_idle": 10, "keepalives_interval": 5}


def of(env: Env, variable: str, address: str = "", options: str = "") -> dict:
    """Django's description of the database that this variable names, else of `address`.

    Statements are prepared on the server from their second use: planning costs more than reading here.
    """
    database = env.dj_db_url(
        variable, address, engine="wida.driver", conn_max_age=None, conn_health_checks=True
    )
    database["OPTIONS"] = {
        **PATIENCE,
        **database.get("OPTIONS", {}),
        "server_side_binding": True,
        "prepare_threshold": 1,
        "options": f"-c jit=off {options}".rstrip(),
    }
    return database
