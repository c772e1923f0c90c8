// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

// Iterations like those of LevenbergMarquardt with Poisson's equation on some
// ranks: where the time goes, what is sent, how much memory it takes. Each
// iteration is one Jacobian, one factorisation, the two probes and the second
// solution of the acceleration, and one trial.
//
// With --alone, the first rank also iterates without the others, in turns with
// all of them, so that both meet the same disturbances by others: the ratio is
// the efficiency. The rate of products of large matrices, also measured on one
// and on all ranks, says what the machine itself would permit.
//
// Messages are counted and timed by wrappers of the MPI functions (profiling
// interface). What a collective function waits for the last rank is told apart
// by a barrier before it.

#include <sobolev/base/exceptions.h>
#include <sobolev/training/damped_least_squares.h>
#include <sobolev/training/sketched_equations.h>

#include <deal.II/base/mpi.h>
#include <deal.II/base/multithread_info.h>

#include <boost/program_options.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <memory>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "machine.h"
#include "poisson.h"

namespace
{
  using namespace sobolev;
  using namespace sobolev::performance;

  enum Phase : unsigned int
  {
    jacobian,
    local_algebra,
    combination,
    factorization,
    solution,
    probes,
    waiting,
    communication,
    rest,
    n_phases
  };

  const std::array<std::string, n_phases> phase_names = {{"jacobian",
                                                          "local_algebra",
                                                          "combination",
                                                          "factorization",
                                                          "solution",
                                                          "probes",
                                                          "waiting",
                                                          "communication",
                                                          "rest"}};

  const std::array<std::string, n_phases> phase_meanings = {
    {"Jacobian rows",
     "local J^T J, QR or copy",
     "triangles, sketch, packing",
     "factorisation with damping",
     "solutions",
     "probes",
     "waiting for other ranks",
     "communication",
     "the rest"}};

  enum Message : unsigned int
  {
    reductions,
    broadcasts,
    gathers,
    sends,
    receives,
    n_messages
  };

  const std::array<std::string, n_messages> message_names = {
    {"reductions", "broadcasts", "gathers", "sends", "receives"}};



  // What this rank did in an iteration.
  struct Account
  {
    std::array<double, n_phases>   wall{}, processor{};
    std::array<double, n_messages> calls{}, bytes{};
    double                         seconds = 0.;
  };



  // All time belongs to one phase, all messages to the current account; nothing
  // is counted without one.
  class Ledger
  {
  public:
    void
    open(Account &account)
    {
      this->account  = &account;
      phase          = rest;
      wall_start     = now();
      wall           = wall_start;
      processor_time = thread_seconds();
    }

    void
    close()
    {
      enter(rest);
      account->seconds = wall - wall_start;
      account          = nullptr;
    }

    bool
    is_open() const
    {
      return account != nullptr;
    }

    // Returns the phase before.
    Phase
    enter(const Phase next)
    {
      if (is_open())
        {
          const double wall_now = now(), processor_now = thread_seconds();
          account->wall[phase] += wall_now - wall;
          account->processor[phase] += processor_now - processor_time;
          wall           = wall_now;
          processor_time = processor_now;
        }
      return std::exchange(phase, next);
    }

    void
    count(const Message message, const int n, const MPI_Datatype type)
    {
      if (!is_open())
        return;
      int size = 0;
      PMPI_Type_size(type, &size);
      account->calls[message] += 1.;
      account->bytes[message] += 1. * n * size;
    }

  private:
    Account *account    = nullptr;
    Phase    phase      = rest;
    double   wall_start = 0., wall = 0., processor_time = 0.;
  };

  Ledger ledger;



  // Until the end of the scope, time belongs to a phase.
  class Scope
  {
  public:
    explicit Scope(const Phase phase)
      : before(ledger.enter(phase))
    {
    }

    ~Scope()
    {
      ledger.enter(before);
    }

    Scope(const Scope &)            = delete;
    Scope &operator=(const Scope &) = delete;

  private:
    const Phase before;
  };



  void
  wait_for_all(const MPI_Comm communicator)
  {
    const Scope scope(waiting);
    if (ledger.is_open())
      PMPI_Barrier(communicator);
  }
} // namespace



extern "C"
{
  int
  MPI_Reduce(const void  *from,
             void        *to,
             int          n,
             MPI_Datatype type,
             MPI_Op       operation,
             int          root,
             MPI_Comm     communicator)
  {
    wait_for_all(communicator);
    const Scope scope(communication);
    ledger.count(reductions, n, type);
    return PMPI_Reduce(from, to, n, type, operation, root, communicator);
  }



  int
  MPI_Bcast(void        *data,
            int          n,
            MPI_Datatype type,
            int          root,
            MPI_Comm     communicator)
  {
    wait_for_all(communicator);
    const Scope scope(communication);
    ledger.count(broadcasts, n, type);
    return PMPI_Bcast(data, n, type, root, communicator);
  }



  int
  MPI_Allgather(const void  *from,
                int          n_from,
                MPI_Datatype type_from,
                void        *to,
                int          n_to,
                MPI_Datatype type_to,
                MPI_Comm     communicator)
  {
    wait_for_all(communicator);
    const Scope scope(communication);
    ledger.count(gathers, n_from, type_from);
    return PMPI_Allgather(
      from, n_from, type_from, to, n_to, type_to, communicator);
  }



  int
  MPI_Allgatherv(const void  *from,
                 int          n_from,
                 MPI_Datatype type_from,
                 void        *to,
                 const int   *n_to,
                 const int   *places,
                 MPI_Datatype type_to,
                 MPI_Comm     communicator)
  {
    wait_for_all(communicator);
    const Scope scope(communication);
    ledger.count(gathers, n_from, type_from);
    return PMPI_Allgatherv(
      from, n_from, type_from, to, n_to, places, type_to, communicator);
  }



  int
  MPI_Allreduce(const void  *from,
                void        *to,
                int          n,
                MPI_Datatype type,
                MPI_Op       operation,
                MPI_Comm     communicator)
  {
    // Nothing in training calls it: one that is counted twice is seen.
    wait_for_all(communicator);
    const Scope scope(communication);
    ledger.count(reductions, n, type);
    ledger.count(broadcasts, n, type);
    return PMPI_Allreduce(from, to, n, type, operation, communicator);
  }



  int
  MPI_Send(const void  *data,
           int          n,
           MPI_Datatype type,
           int          to,
           int          tag,
           MPI_Comm     communicator)
  {
    const Scope scope(communication);
    ledger.count(sends, n, type);
    return PMPI_Send(data, n, type, to, tag, communicator);
  }



  int
  MPI_Recv(void        *data,
           int          n,
           MPI_Datatype type,
           int          from,
           int          tag,
           MPI_Comm     communicator,
           MPI_Status  *status)
  {
    {
      const Scope scope(waiting);
      if (ledger.is_open())
        PMPI_Probe(from, tag, communicator, MPI_STATUS_IGNORE);
    }
    const Scope scope(communication);
    ledger.count(receives, n, type);
    return PMPI_Recv(data, n, type, from, tag, communicator, status);
  }
}



namespace
{
  struct Options
  {
    std::string  kind, json;
    unsigned int n_points, n_points_per_rank, n_layers, width, n_iterations,
      n_threads;
    bool alone, with_dgemm;
  };



  // An objective whose time belongs to the phases of Jacobian and probes.
  class TimedObjective : public LocalObjective
  {
  public:
    explicit TimedObjective(std::unique_ptr<LocalObjective> objective)
      : objective(std::move(objective))
    {
    }

    unsigned int
    n_parameters() const override
    {
      return objective->n_parameters();
    }

    std::size_t
    n_rows() const override
    {
      return objective->n_rows();
    }

    std::vector<std::string>
    block_names() const override
    {
      return objective->block_names();
    }

    std::vector<unsigned int>
    blocks_of_rows() const override
    {
      return objective->blocks_of_rows();
    }

    std::vector<double>
    block_weights() const override
    {
      return objective->block_weights();
    }

    void
    set_block_weights(const std::vector<double> &weights) override
    {
      objective->set_block_weights(weights);
    }

    std::vector<double>
    block_losses(const dealii::ArrayView<const double> &theta) const override
    {
      const Scope scope(probes);
      return objective->block_losses(theta);
    }

    void
    compute_rows(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double>       &rows) const override
    {
      const Scope scope(probes);
      objective->compute_rows(theta, rows);
    }

    void
    compute_rows_for_each(const std::vector<std::vector<double>> &thetas,
                          std::vector<std::vector<double>> &rows) const override
    {
      const Scope scope(probes);
      objective->compute_rows_for_each(thetas, rows);
    }

    double
    add_gradient(const dealii::ArrayView<const double> &theta,
                 const dealii::ArrayView<double>       &gradient) const override
    {
      const Scope scope(probes);
      return objective->add_gradient(theta, gradient);
    }

    void
    add_transpose_product(
      const dealii::ArrayView<const double> &theta,
      const dealii::ArrayView<const double> &v,
      const dealii::ArrayView<double>       &result) const override
    {
      const Scope scope(probes);
      objective->add_transpose_product(theta, v, result);
    }

    void
    compute_jacobian(
      const dealii::ArrayView<const double>            &theta,
      const std::function<void(const JacobianPanel &)> &action) const override
    {
      const Scope scope(jacobian);
      objective->compute_jacobian(theta, [&](const JacobianPanel &panel) {
        const Scope scope(local_algebra);
        action(panel);
      });
    }

  private:
    const std::unique_ptr<LocalObjective> objective;
  };



  // The problem with the points of this rank, and what iterating it needs.
  class Training
  {
  public:
    Training(const Options     &options,
             const MPI_Comm     communicator,
             const unsigned int first_point,
             const unsigned int n_points,
             const unsigned int n_all_points)
      : network(make_network(options.n_layers, options.width))
      , objective(make_poisson(network,
                               make_points(n_points, first_point, n_all_points),
                               Precision::double_precision))
      , problem(&objective, nullptr, communicator)
      , equations(make_damped_least_squares(options.kind, problem))
      , theta(network.initial_parameters(1))
    {
    }

    void
    iterate()
    {
      // 1. Linearise.
      {
        const Scope scope(combination);
        loss = equations->assemble(theta);
      }
      if (damping == 0.)
        damping = 1e-3 * equations->largest_diagonal();

      // 2. The step.
      {
        const Scope scope(factorization);
        AssertThrow(equations->factorize(damping), dealii::ExcInternalError());
      }
      std::vector<double> step, second;
      {
        const Scope scope(solution);
        equations->compute_step(step);
      }
      count_products();

      // 3. Its acceleration.
      const double h    = 0.1;
      const auto  &rows = equations->local_rows();
      problem.compute_local_rows(add(h, step), trial_rows);
      problem.compute_local_rows(add(-h, step), second_rows);
      for (std::size_t i = 0; i < rows.size(); ++i)
        second_rows[i] =
          (trial_rows[i] - 2. * rows[i] + second_rows[i]) / (2. * h * h);
      {
        const Scope scope(solution);
        equations->compute_step_for(second_rows, second);
      }
      count_products();
      for (std::size_t k = 0; k < step.size(); ++k)
        step[k] += second[k];

      // 4. The trial.
      const auto trial = add(1., step);
      problem.compute_local_rows(trial, trial_rows);
      double decrease = 0.;
      for (std::size_t i = 0; i < rows.size(); ++i)
        decrease += (rows[i] - trial_rows[i]) * (rows[i] + trial_rows[i]);
      decrease = problem.sum(decrease);
      if (decrease > 0.)
        {
          theta = trial;
          damping /= 3.;
        }
      else
        damping *= 10.;
    }

    const Network                       network;
    const TimedObjective                objective;
    const LeastSquaresProblem           problem;
    std::unique_ptr<DampedLeastSquares> equations;
    std::vector<double>                 theta;

    double       damping = 0., loss = 0.;
    unsigned int n_solver_iterations = 0;

  private:
    std::vector<double>
    add(const double factor, const std::vector<double> &step) const
    {
      std::vector<double> sum = theta;
      for (std::size_t k = 0; k < sum.size(); ++k)
        sum[k] += factor * step[k];
      return sum;
    }

    void
    count_products()
    {
      if (const auto *sketched =
            dynamic_cast<const SketchedEquations *>(equations.get()))
        n_solver_iterations += sketched->n_iterations();
    }

    std::vector<double> trial_rows, second_rows;
  };



  // A line of /proc/self/status [byte].
  double
  read_memory(const std::string &name)
  {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
      if (line.compare(0, name.size() + 1, name + ":") == 0)
        return 1024. * std::stod(line.substr(name.size() + 1));
    return 0.;
  }



  double
  median(std::vector<double> values)
  {
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return (values[(n - 1) / 2] + values[n / 2]) / 2.;
  }



  double
  least(std::vector<double> values)
  {
    return *std::min_element(values.begin(), values.end());
  }



  double
  sum(std::vector<double> values)
  {
    return std::accumulate(values.begin(), values.end(), 0.);
  }



  // What was measured on one rank or on all, in the columns for each rank.
  class Measurements
  {
  public:
    Measurements(const Training &training, const double memory_before)
      : training(training)
      , communicator(training.problem.get_communicator())
      , memory_before(memory_before)
    {
    }

    void
    add(const Account &account)
    {
      accounts.push_back(account);
      total_seconds += account.seconds;
    }

    // As many products as take a fifth of the time of the iterations so far.
    void
    multiply_matrices()
    {
      if (gemm_rate == nullptr)
        gemm_rate = std::make_unique<GemmRate<double>>();
      gemm_rate->keep_up_with(0.2 * total_seconds);
    }

    // Collective over the ranks that take part; the result is on the root.
    std::string
    to_json(const Options &options)
    {
      std::vector<double> seconds, values;
      for (const Account &account : accounts)
        seconds.push_back(account.seconds);
      const auto all_seconds = all(seconds);
      for (std::size_t i = 0; i < accounts.size(); ++i)
        {
          double longest = 0.;
          for (const auto &of_rank : all_seconds)
            longest = std::max(longest, of_rank[i]);
          values.push_back(longest);
        }

      std::ostringstream json;
      json << std::setprecision(12) << "{\n  \"kind\": \"" << options.kind
           << "\",\n  \"layers\": " << options.n_layers
           << ",\n  \"width\": " << options.width
           << ",\n  \"threads\": " << options.n_threads
           << ",\n  \"parameters\": " << training.problem.n_parameters()
           << ",\n  \"ranks\": " << all_seconds.size()
           << ",\n  \"iterations\": " << accounts.size()
           << ",\n  \"solver_iterations\": " << training.n_solver_iterations
           << ",\n  \"loss\": " << training.loss
           << ",\n  \"seconds\": " << median(values)
           << ",\n  \"least_seconds\": "
           << *std::min_element(values.begin(), values.end());
      write(json, "rows", training.problem.local().n_rows());
      write(json, "dgemm", rate());
      write(json, "memory", memory);
      write(json, "memory_before", memory_before);
      write(json, "wall", phase_names, &Account::wall, median);
      write(json, "least_wall", phase_names, &Account::wall, least);
      write(json, "processor", phase_names, &Account::processor, median);
      write(json, "calls", message_names, &Account::calls, sum);
      write(json, "bytes", message_names, &Account::bytes, sum);
      json << "\n}";
      return json.str();
    }

    // As to_json().
    void
    print(std::ostream &out)
    {
      const auto of_all = [&](const auto &entries, const unsigned int i) {
        return column(median(values_of(entries, i)));
      };
      const auto seconds = column([&]() {
        std::vector<double> values;
        for (const Account &account : accounts)
          values.push_back(account.seconds);
        return median(values);
      }());
      out << std::left << std::setw(30) << "seconds per iteration" << std::right
          << std::setw(12) << "first rank" << std::setw(12) << "slowest"
          << std::setw(16) << "first, proc." << std::endl;
      for (unsigned int i = 0; i < n_phases; ++i)
        {
          const auto wall      = of_all(&Account::wall, i);
          const auto processor = of_all(&Account::processor, i);
          out << std::left << std::setw(30) << "  " + phase_meanings[i]
              << std::right << std::setw(12) << wall[0] << std::setw(12)
              << *std::max_element(wall.begin(), wall.end()) << std::setw(16)
              << processor[0] << std::endl;
        }
      out << std::left << std::setw(30) << "  all" << std::right
          << std::setw(12) << seconds[0] << std::setw(12)
          << *std::max_element(seconds.begin(), seconds.end()) << std::endl;

      out << std::left << std::setw(30) << "per iteration, first rank"
          << std::right << std::setw(12) << "calls" << std::setw(12) << "bytes"
          << std::endl;
      for (unsigned int i = 0; i < n_messages; ++i)
        {
          const auto calls = of_all(&Account::calls, i);
          const auto bytes = of_all(&Account::bytes, i);
          out << std::left << std::setw(30) << "  " + message_names[i]
              << std::right << std::setw(12) << calls[0] << std::setw(12)
              << bytes[0] << std::endl;
        }

      const auto before = column(memory_before), used = column(memory);
      double     largest = 0.;
      for (const double m : used)
        largest = std::max(largest, m);
      out << "memory, MB: " << used[0] * 1e-6 << " on the first rank, "
          << largest * 1e-6 << " at most, " << before[0] * 1e-6
          << " before anything was set up" << std::endl
          << "dgemm, Gflop/s: " << column(rate())[0] * 1e-9 << std::endl;
    }

    double memory = 0.;

  private:
    double
    rate() const
    {
      return gemm_rate == nullptr ? 0. : (*gemm_rate)();
    }

    std::vector<std::vector<double>>
    all(const std::vector<double> &values) const
    {
      return dealii::Utilities::MPI::all_gather(communicator, values);
    }

    // One value of each rank.
    std::vector<double>
    column(const double value) const
    {
      return dealii::Utilities::MPI::all_gather(communicator, value);
    }

    template <std::size_t n>
    std::vector<double>
    values_of(const std::array<double, n> Account::*entries,
              const unsigned int                    i) const
    {
      std::vector<double> values;
      for (const Account &account : accounts)
        values.push_back((account.*entries)[i]);
      return values;
    }

    void
    write(std::ostream &json, const std::string &name, const double value) const
    {
      json << ",\n  \"" << name << "\": ";
      write_list(json, column(value));
    }

    // What is left of the iterations.
    template <std::size_t n>
    void
    write(std::ostream                     &json,
          const std::string                &name,
          const std::array<std::string, n> &names,
          const std::array<double, n> Account::*entries,
          double (*summarise)(std::vector<double>)) const
    {
      json << ",\n  \"" << name << "\": {";
      for (unsigned int i = 0; i < n; ++i)
        {
          json << (i == 0 ? "" : ",") << "\n    \"" << names[i] << "\": ";
          write_list(json, column(summarise(values_of(entries, i))));
        }
      json << "}";
    }

    static void
    write_list(std::ostream &json, const std::vector<double> &values)
    {
      json << "[";
      for (std::size_t i = 0; i < values.size(); ++i)
        json << (i == 0 ? "" : ", ") << values[i];
      json << "]";
    }

    const Training      &training;
    const MPI_Comm       communicator;
    const double         memory_before;
    std::vector<Account> accounts;
    double               total_seconds = 0.;

    std::unique_ptr<GemmRate<double>> gemm_rate;
  };



  // A barrier that leaves the processor to others.
  void
  sleep_until_all_are_here()
  {
    MPI_Request request;
    int         is_done = 0;
    MPI_Ibarrier(MPI_COMM_WORLD, &request);
    while (!is_done)
      {
        MPI_Test(&request, &is_done, MPI_STATUS_IGNORE);
        if (!is_done)
          std::this_thread::sleep_for(std::chrono::microseconds(200));
      }
  }



  // One iteration, and some products of large matrices.
  void
  measure(Training      &training,
          Measurements  &measurements,
          const Options &options)
  {
    Account account;
    PMPI_Barrier(training.problem.get_communicator());
    ledger.open(account);
    training.iterate();
    ledger.close();

    measurements.add(account);
    if (options.with_dgemm)
      {
        PMPI_Barrier(training.problem.get_communicator());
        measurements.multiply_matrices();
      }
  }



  void
  run(const Options &options)
  {
    const MPI_Comm     world   = MPI_COMM_WORLD;
    const unsigned int n_ranks = dealii::Utilities::MPI::n_mpi_processes(world),
                       rank   = dealii::Utilities::MPI::this_mpi_process(world);
    const bool        is_weak = options.n_points == 0;
    const std::size_t n_all = is_weak ? std::size_t(options.n_points_per_rank) *
                                          n_ranks
                                      : options.n_points,
                      begin = n_all * rank / n_ranks,
                      end   = n_all * (rank + 1) / n_ranks;
    const double memory_before = read_memory("VmHWM");

    // 1. The first iterations allocate memory; they do not count.
    Training     training(options, world, begin, end - begin, n_all);
    Measurements of_all(training, memory_before);
    training.iterate();
    of_all.memory = read_memory("VmHWM");

    std::unique_ptr<Training>     alone;
    std::unique_ptr<Measurements> of_one;
    if (options.alone && rank == 0)
      {
        const unsigned int n = is_weak ? options.n_points_per_rank : n_all;
        alone  = std::make_unique<Training>(options, MPI_COMM_SELF, 0, n, n);
        of_one = std::make_unique<Measurements>(*alone, memory_before);
        alone->iterate();
        of_one->memory = read_memory("VmHWM");
      }

    // 2. One rank and all of them in turn.
    training.n_solver_iterations = 0;
    if (alone)
      alone->n_solver_iterations = 0;
    for (unsigned int i = 0; i < options.n_iterations; ++i)
      {
        if (options.alone)
          {
            sleep_until_all_are_here();
            if (rank == 0)
              measure(*alone, *of_one, options);
            sleep_until_all_are_here();
          }
        measure(training, of_all, options);
      }

    // 3. What came out.
    std::ostringstream none;
    std::ostream      &out =
      rank == 0 ? static_cast<std::ostream &>(std::cout) : none;
    out << std::setprecision(4) << options.kind << ", "
        << training.problem.n_parameters() << " parameters, " << n_all
        << " points, " << n_ranks << " ranks" << std::endl;
    of_all.print(out);
    std::string json = "[" + of_all.to_json(options);
    if (alone)
      {
        out << std::endl << "The first rank alone" << std::endl;
        of_one->print(out);
        json += ",\n" + of_one->to_json(options);
      }
    if (rank == 0 && !options.json.empty())
      {
        std::ofstream file(options.json);
        file << json << "]\n";
        AssertThrow(file, dealii::ExcFileNotOpen(options.json));
      }
  }



  Options
  read_command_line(const int argc, char **argv, bool &help)
  {
    namespace po = boost::program_options;
    Options                 options;
    po::options_description description("Options");
    auto                    add = description.add_options();
    add("help", "this text");
    add("kind",
        po::value(&options.kind)->default_value("gram"),
        "linear algebra: gram, orthogonal, dual or sketched");
    add("points",
        po::value(&options.n_points)->default_value(0),
        "collocation points of all ranks (strong scaling)");
    add("points-per-rank",
        po::value(&options.n_points_per_rank)->default_value(5000),
        "collocation points of each rank (weak scaling)");
    add("layers",
        po::value(&options.n_layers)->default_value(3),
        "hidden layers");
    add(
      "width", po::value(&options.width)->default_value(20), "neurons of each");
    add("iterations",
        po::value(&options.n_iterations)->default_value(5),
        "iterations that count; all times are medians");
    add("threads",
        po::value(&options.n_threads)->default_value(1),
        "threads of each rank for Jacobians and probes");
    add("alone",
        po::bool_switch(&options.alone),
        "in turns with the first rank alone");
    add("dgemm",
        po::bool_switch(&options.with_dgemm),
        "in turns with products of large matrices");
    add("json", po::value(&options.json), "file for all numbers");

    po::variables_map values;
    po::store(po::parse_command_line(argc, argv, description), values);
    po::notify(values);
    help = values.count("help") > 0;
    if (help)
      std::cout << description;
    AssertInput(options.n_iterations > 0, "there must be an iteration");
    return options;
  }
} // namespace



int
main(int argc, char **argv)
{
  try
    {
      bool          help    = false;
      const Options options = read_command_line(argc, argv, help);
      if (help)
        return 0;
      const dealii::Utilities::MPI::MPI_InitFinalize mpi(
        argc, argv, options.n_threads);
      run(options);
    }
  catch (const std::exception &error)
    {
      std::cerr << "error: " << error.what() << std::endl;
      return 1;
    }
  return 0;
}
